import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDisk } from './doctor-disk.ts';
import { checkElectron, checkNode, findElectron } from './doctor-electron.ts';
import type { DoctorFinding } from './doctor-finding.ts';
import { formatFindings, runDoctor } from './doctor.ts';

let folder = '';
let server: Server | null = null;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'milepost-doctor-test-'));
});
afterEach(() => {
  server?.close();
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

test('a bare checkout with a taken port: each thing is named, with what to do', async () => {
  const port = await takePort();
  const findings = await runDoctor({
    dataFolder: path.join(folder, 'data'),
    mqttPort: port,
    checkout: folder,
    environment: { DISPLAY: ':7' },
  });
  const bySubject = new Map(findings.map((finding) => [finding.subject, finding]));
  expect([...bySubject.keys()]).toEqual([
    'Node',
    'Electron',
    'display',
    'MQTT port',
    'data folder',
    'disk',
    'city packs',
  ]);
  expect(bySubject.get('Electron')).toMatchObject({ state: 'warning', found: 'none yet' });
  expect(bySubject.get('MQTT port')).toMatchObject({
    state: 'bad',
    found: `${port} on 127.0.0.1 is taken by another program`,
  });
  expect(bySubject.get('MQTT port')?.advice).toMatch(/--mqtt-port \d+$/);
  expect(bySubject.get('data folder')).toMatchObject({
    state: 'good',
    found: `${path.join(folder, 'data')} (will be made)`,
  });
  expect(bySubject.get('city packs')).toMatchObject({ state: 'warning', found: 'none yet' });
  expect(readdirSync(folder)).toEqual([]);
});

test('the same checkout after its set-up: Electron and the packs are named', async () => {
  putFile('.runtime/electron-33.2.1/version', '33.2.1');
  putFile('.runtime/electron-33.2.1/electron', '');
  putFile('.runtime/electron-33.2.1/electron.exe', '');
  putFile('.runtime/electron-33.2.1/Electron.app/Contents/MacOS/Electron', '');
  putFile('out/city-packs/montevideo/pack.json', '{}');
  const findings = await runDoctor({
    dataFolder: folder,
    mqttPort: await freePort(),
    checkout: folder,
    environment: {},
  });
  const found = Object.fromEntries(findings.map((finding) => [finding.subject, finding.found]));
  expect(found).toMatchObject({
    Electron: '33.2.1, from the npm registry',
    'city packs': 'montevideo',
    'data folder': folder,
  });
  expect(found['MQTT port']).toMatch(/is free$/);
});

test('a runtime named by the environment comes before any other, and a wrong name is bad', () => {
  putFile('node_modules/electron/dist/electron', '');
  const environment = { ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, 'nowhere') };
  const electron = findElectron({ checkout: folder, environment });
  expect(checkElectron(electron, { environment })).toMatchObject({
    state: 'bad',
    advice: 'name the folder of an unpacked Electron, or unset the variable',
  });
});

test('an old Node is bad, the oldest supported one is good', () => {
  expect([
    checkNode('18.20.4').state,
    checkNode('20.18.9').state,
    checkNode('20.19.0').state,
    checkNode('24.1.0').state,
  ]).toEqual(['bad', 'bad', 'good', 'good']);
});

test.runIf(process.platform !== 'win32' && process.getuid?.() !== 0)(
  'a folder without the right to write is bad',
  async () => {
    chmodSync(folder, 0o500);
    const findings = await runDoctor({
      dataFolder: folder,
      mqttPort: await freePort(),
      checkout: folder,
      environment: {},
    });
    expect(findings.find(({ subject }) => subject === 'data folder')).toMatchObject({ state: 'bad' });
  },
);

test('the disk is timed by real appends that leave nothing behind', async () => {
  const { found } = await checkDisk(folder);
  expect(found).toMatch(/^fdatasync of 4 KiB: p50 \d+\.\d\d ms, p99 \d+\.\d\d ms \(50 appends\)/);
  expect(readdirSync(folder)).toEqual([]);
});

test.runIf(process.platform === 'linux')('a data folder in memory is called forgetful', async () => {
  expect(await checkDisk('/dev/shm/milepost-none')).toMatchObject({
    state: 'warning',
    advice: 'nothing here survives a power cut: keep real data on a disk',
  });
});

test('findings read as a list with the advice below each', () => {
  const findings: readonly DoctorFinding[] = [
    { subject: 'Node', state: 'good', found: '20.20.2', advice: null },
    { subject: 'MQTT port', state: 'bad', found: '1883 is taken', advice: 'use --mqtt-port 1884' },
  ];
  expect(formatFindings(findings)).toBe(
    [
      'ok    Node       20.20.2',
      'BAD   MQTT port  1883 is taken',
      '                 → use --mqtt-port 1884',
    ].join('\n'),
  );
});

function putFile(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function takePort(): Promise<number> {
  const taken = createServer();
  server = taken;
  await new Promise<void>((resolve) => {
    taken.listen(0, '127.0.0.1', resolve);
  });
  return (taken.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const port = await takePort();
  await new Promise((resolve) => server?.close(resolve));
  server = null;
  return port;
}
