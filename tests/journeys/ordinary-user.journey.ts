import { spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { must } from '../../core/base/assert.ts';
import { expect, test } from '../support/app-fixture.ts';
import { attachProgram } from '../support/attach-program.ts';
import { chromiumFlags } from '../support/electron-program.ts';
import { freePort } from '../support/free-port.ts';
import { packagedFolder, packagedProgram } from '../support/packaged-program.ts';

/** `nobody`, on Debian and nearly everywhere: whom root becomes for this journey. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;
const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

test.skip(process.platform !== 'linux', 'the folder target is built and tried on Linux');

test('an ordinary user gets the whole sandbox, without a flag that weakens it', async ({ folder }) => {
  const refusal = userNamespacesRefused();
  test.skip(
    refusal !== null,
    `this kernel refuses user namespaces to ordinary users (${refusal}); docs/decisions/011`,
  );
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const screenKey = copyScreenKey(home);
  if (isRoot) for (const each of [folder, home, ...screenKey]) chownSync(each, NOBODY, NOBODY);
  const program = await attachProgram(
    packagedProgram(isRoot ? copyForEverybody(folder) : packagedFolder),
    [
      ...chromiumFlags().filter((flag) => flag !== '--no-sandbox'),
      `--user-data-dir=${path.join(home, 'user-data')}`,
      '--mqtt-port',
      String(await freePort()),
    ],
    { ...user, cwd: home, env: { ...process.env, HOME: home, XAUTHORITY: screenKey[0] } },
  );
  await expect(program.controlRoom.statusBar).toContainText('127.0.0.1:');

  const renderer = rendererOf(program.process.pid ?? 0);
  expect(statusOf(renderer, 'Seccomp')).toBe('2');
  for (const namespace of ['user', 'pid', 'net']) {
    expect(namespaceOf(renderer, namespace)).not.toBe(namespaceOf(process.pid, namespace));
  }
  expect(await program.end()).toBe(0);
});

/** What the kernel says when an ordinary user asks for a namespace of his own; null when he gets it. */
function userNamespacesRefused(): string | null {
  const asked = spawnSync('unshare', ['--user', '--pid', '--net', '--fork', 'true'], {
    ...user,
    cwd: '/',
    encoding: 'utf8',
  });
  return asked.status === 0 ? null : (asked.error?.message ?? asked.stderr.trim());
}

/** The key to the screen, when it has one, which only who opened the screen can read. */
function copyScreenKey(home: string): string[] {
  const key = process.env['XAUTHORITY'];
  if (key === undefined) return [];
  const copy = path.join(home, 'screen-key');
  copyFileSync(key, copy);
  return [copy];
}

/** A checkout may lie where only root can read. */
function copyForEverybody(folder: string): string {
  const copy = path.join(folder, 'milepost');
  cpSync(packagedFolder, copy, { recursive: true });
  return copy;
}

/** The process of the page, among the descendants of a program. */
function rendererOf(ancestor: number): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parentOf = new Map(processes.map((pid) => [Number(pid), Number(statusOf(Number(pid), 'PPid') ?? 0)]));
  const descendsFrom = (pid: number): boolean =>
    pid === ancestor || (pid > 1 && descendsFrom(parentOf.get(pid) ?? 0));
  const found = [...parentOf.keys()].find(
    (pid) => descendsFrom(pid) && commandOf(pid).includes('--type=renderer'),
  );
  return must(found, 'the program has no renderer process');
}

function statusOf(pid: number, field: string): string | undefined {
  const lines = readOrNothing(`/proc/${pid}/status`).split('\n');
  return lines
    .find((line) => line.startsWith(`${field}:`))
    ?.slice(field.length + 1)
    .trim();
}

function commandOf(pid: number): string {
  return readOrNothing(`/proc/${pid}/cmdline`);
}

function namespaceOf(pid: number, namespace: string): string {
  return readlinkSync(`/proc/${pid}/ns/${namespace}`);
}

/** Processes end while one reads about them. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
