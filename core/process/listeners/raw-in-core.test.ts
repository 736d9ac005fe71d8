import path from 'node:path';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { aBook } from '../../../tests/support/a-book.ts';
import { freePort } from '../../../tests/support/free-port.ts';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { rawDatagrams, rawTracker } from '../../../tests/support/raw-tracker.ts';
import { teltonikaDatagram, teltonikaFrame } from '../../../tests/support/teltonika-bytes.ts';
import { TestWindow } from '../../../tests/support/test-window.ts';
import type { CoreStart } from '../../protocol/process-messages.ts';
import { type Core, startCore } from '../core-process.ts';

const IMEI = '356000000000027';
const OTHER_IMEI = '356000000000043';
const LOGIN = Buffer.concat([Buffer.from([0, 15]), Buffer.from(IMEI)]);
const STRANGER = Buffer.concat([Buffer.from([0, 15]), Buffer.from('356000000000035')]);

async function startForTest(over: Partial<CoreStart> = {}): Promise<Core> {
  const start: CoreStart = {
    data: path.join(emptyFolder(), 'data'),
    book: aBook([
      { id: 'V-1', provider: 'teltonika', device: IMEI },
      { id: 'V-2', provider: 'queclink', device: OTHER_IMEI },
    ]),
    clock: 'system',
    mqttPort: await freePort(),
    host: '127.0.0.1',
    ...over,
  };
  const started = await startCore(start, { log: () => undefined });
  if (!started.ok) throw new Error(started.error.problem);
  onTestFinished(() => started.value.stop().then(() => undefined));
  return started.value;
}

test('a Teltonika tracker of the book logs in, sends records over TCP and UDP, and each is counted and acknowledged', async () => {
  const core = await startForTest({ tcpPorts: { teltonika: 0 }, udpPorts: { teltonika: 0 } });
  const tracker = await rawTracker(core.ready.tcp?.teltonika ?? 0);
  tracker.send(LOGIN);
  await tracker.until(() => tracker.received() === '01');
  const broken = teltonikaFrame({ atMs: Date.now(), odometerMetres: 5 });
  broken.writeUInt8(0, broken.length - 1);
  broken.writeUInt8(0, broken.length - 2);
  tracker.send(broken, teltonikaFrame({ atMs: Date.now() - 2_000, odometerMetres: 12_345_678 }));
  await tracker.until(() => tracker.received() === '0100000001');
  const datagrams = await rawDatagrams(core.ready.udp?.teltonika ?? 0);
  await datagrams.send(teltonikaDatagram(IMEI, 7, { atMs: Date.now() - 1_000, odometerMetres: 12_345_700 }));
  await datagrams.until(() => datagrams.received.length === 1);
  expect(datagrams.received).toEqual(['0005cafe010701']);
  expect(core.counts().packets).toEqual({
    received: 3,
    decoded: 2,
    refused: { 'crc-mismatch': 1 },
    duplicate: 0,
    acknowledged: 2,
  });
});

test('a Queclink tracker of the book beats and reports, over TCP and several in a datagram, and each is answered', async () => {
  const core = await startForTest({ tcpPorts: { queclink: 0 }, udpPorts: { queclink: 0 } });
  const text = (hex: string): string => Buffer.from(hex, 'hex').toString();
  const tracker = await rawTracker(core.ready.tcp?.queclink ?? 0);
  tracker.send(heartbeat('00A7'), report('00A8', '15321.7').slice(0, 40));
  tracker.send(report('00A8', '15321.7').slice(40));
  const answers = '+SACK:GTHBD,060502,00A7$+SACK:00A8$';
  await tracker.until(() => text(tracker.received()) === answers);
  const datagrams = await rawDatagrams(core.ready.udp?.queclink ?? 0);
  await datagrams.send(heartbeat('00A9') + report('00AA', '15321.9'));
  await datagrams.until(() => datagrams.received.length === 2);
  expect(datagrams.received.map(text)).toEqual(['+SACK:GTHBD,060502,00A9$', '+SACK:00AA$']);
  expect(core.counts().packets).toEqual({
    received: 4,
    decoded: 4,
    refused: {},
    duplicate: 0,
    acknowledged: 4,
  });
});

function heartbeat(count: string): string {
  return `+ACK:GTHBD,060502,${OTHER_IMEI},,${compactTime()},${count}$`;
}

function report(count: string, mileageKm: string): string {
  const block = `1,48.0,271,35.0,-1.234568,51.500123,${compactTime()},0234,0015,0A1B,00C2D3,00`;
  const tail = `${mileageKm},00123:45:06,,,80,220100,,,,${compactTime()},${count}`;
  return `+RESP:GTFRI,060502,${OTHER_IMEI},,12650,10,1,${block},${tail}$`;
}

/** Now, as these trackers write it: YYYYMMDDHHMMSS. */
function compactTime(): string {
  return new Date().toISOString().replaceAll(/\D/gu, '').slice(0, 14);
}

test('a stranger is told no, and the window counts it beside what the broker refused', async () => {
  const core = await startForTest({ tcpPorts: { teltonika: 0 } });
  const window = new TestWindow();
  core.attachWindow(window.port);
  const known = await rawTracker(core.ready.tcp?.teltonika ?? 0);
  known.send(LOGIN);
  await known.until(() => known.received() === '01');
  const stranger = await rawTracker(core.ready.tcp?.teltonika ?? 0);
  stranger.send(STRANGER);
  await stranger.until(() => stranger.received() === '00');
  stranger.socket.destroy();
  const modern = mqtt.connectAsync(`mqtt://127.0.0.1:${core.ready.mqtt}`, {
    protocolVersion: 5,
    reconnectPeriod: 0,
  });
  await expect(modern).rejects.toMatchObject({ code: 0x84 });
  const status = await window.status(
    ({ connectionsRefused, connections }) => Object.keys(connectionsRefused).length > 1 && connections === 1,
  );
  expect(status.connectionsRefused).toEqual({ 'unclaimed-device': 1, 'mqtt5-unsupported': 1 });
});

test('a core without raw ports says nothing of them', async () => {
  const core = await startForTest();
  expect([core.ready.tcp, core.ready.udp]).toEqual([undefined, undefined]);
});

test('a raw port that is taken is named', async () => {
  const core = await startForTest({ tcpPorts: { teltonika: 0 } });
  const taken = core.ready.tcp?.teltonika ?? 0;
  const second = await startCore(
    {
      data: path.join(emptyFolder(), 'data'),
      clock: 'system',
      mqttPort: await freePort(),
      host: '127.0.0.1',
      tcpPorts: { teltonika: taken },
    },
    { log: () => undefined },
  );
  expect(second).toMatchObject({ ok: false, error: { problem: expect.stringContaining(String(taken)) } });
});
