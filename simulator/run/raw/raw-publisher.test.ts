import { afterEach, beforeEach, expect, test } from 'vitest';
import { aTrackerView } from '../../stand-in/a-tracker-view.ts';
import { StandInListener } from '../../stand-in/stand-in-listener.ts';
import { fitTracker } from '../../trackers/fit-tracker.ts';
import type { TeltonikaSetup } from '../../trackers/teltonika-binary.ts';
import { DEMO_PACE, payloadText } from '../../trackers/tracker.ts';
import type { TimedPublish } from '../fleet-motion.ts';
import type { Endpoints, Publisher } from '../publisher.ts';
import { rawProtocol } from './raw-protocol.ts';
import { rawPublisher } from './raw-publisher.ts';

const IMEI = '356000000000001';
let listener = new StandInListener();
let publisher: Publisher;
let endpoints: Endpoints;

beforeEach(async () => {
  listener = new StandInListener();
  const teltonika = await listener.startTcp();
  endpoints = { host: '127.0.0.1', mqttPort: 1, control: null, tcpPorts: { teltonika } };
  publisher = rawPublisher('tcp', () => endpoints);
});
afterEach(async () => {
  await publisher.close();
  listener.vanish();
});

function packets(count: number, transport: TeltonikaSetup['transport'] = 'tcp'): TimedPublish[] {
  const tracker = fitTracker({ provider: 'teltonika', device: IMEI }, DEMO_PACE, { codec: '8', transport });
  return Array.from({ length: count }, (_, i) => {
    const [publish] = tracker.report(aTrackerView({ clockMs: Date.UTC(2026, 0, 1, 0, 0, i) }), 'final');
    if (publish === undefined) throw new Error('a box says something');
    return { ...publish, atMs: 0, vehicle: 0 };
  });
}

/** Sends, and gives the numbers of the packets that were taken, in order. */
async function taken(publishes: readonly TimedPublish[]): Promise<number[]> {
  const numbers: number[] = [];
  await publisher.publishAll(publishes, (publish) => numbers.push(publishes.indexOf(publish)));
  return numbers;
}

const hexOf = (publishes: readonly TimedPublish[]): string[] =>
  publishes.map((publish) => payloadText(publish).toLowerCase());

test('a box logs in once, and sends a packet when the one before it is answered', async () => {
  const sent = packets(3);
  expect(await taken(sent)).toEqual([0, 1, 2]);
  expect(listener.logins).toEqual([IMEI]);
  expect(listener.heard).toEqual(hexOf(sent));
  expect(publisher.reconnects()).toBe(0);
});

test('a listener that vanishes with a packet in hand hears it again when it is back, and nothing is lost', async () => {
  const [first, second] = packets(2);
  if (first === undefined || second === undefined) throw new Error('two packets');
  listener.manner = 'hangs-up';
  const settled = taken([first, second]);
  await expect.poll(() => listener.heard.length).toBe(1);
  listener.vanish();
  listener.manner = 'answers';
  endpoints = { ...endpoints, tcpPorts: { teltonika: await listener.startTcp() } };
  expect(await settled).toEqual([0, 1]);
  expect(listener.heard).toEqual(hexOf([first, first, second]));
  expect(publisher.reconnects()).toBe(1);
});

test('an answer with another count makes the box send the same packet again', async () => {
  listener.manner = 'answers-wrong';
  const settled = taken(packets(1));
  await expect.poll(() => listener.heard.length).toBe(1);
  listener.manner = 'answers';
  expect(await settled).toEqual([0]);
  expect(listener.heard).toEqual(hexOf([...packets(1), ...packets(1)]));
});

test('a box that is turned away keeps its packets, and sends them first when it is let in', async () => {
  listener.manner = 'refuses';
  const [first, second] = packets(2);
  if (first === undefined || second === undefined) throw new Error('two packets');
  const order: string[] = [];
  await publisher.publishAll([first], () => order.push('first'));
  expect(order).toEqual([]);
  listener.manner = 'answers';
  await publisher.publishAll([second], () => order.push('second'));
  expect(order).toEqual(['first', 'second']);
  expect(listener.logins).toEqual([IMEI, IMEI]);
});

test('a packet that nobody ever answers is given up for the time being', async () => {
  listener.manner = 'hangs-up';
  expect(await taken(packets(1))).toEqual([]);
  expect(listener.heard.length).toBe(3);
});

test('bytes that were damaged are not waited for, and the next packet has a connection of its own', async () => {
  const [first, second] = packets(2);
  if (first === undefined || second === undefined) throw new Error('two packets');
  const damaged: TimedPublish = { ...first, payload: first.payload.slice(0, 20), isUnanswered: true };
  expect(await taken([damaged, first, second])).toEqual([0, 1, 2]);
  expect(listener.heard).toEqual(hexOf([first, second]));
  expect(listener.logins).toEqual([IMEI, IMEI]);
});

test('a connection that is dropped is opened again with the next packet', async () => {
  await taken(packets(1));
  await publisher.disturb?.({ kind: 'drop', client: IMEI, transport: 'tcp' });
  expect(await taken(packets(1))).toEqual([0]);
  expect(listener.logins).toEqual([IMEI, IMEI]);
});

test('over UDP each datagram is answered by its number', async () => {
  const teltonika = await listener.startUdp();
  publisher = rawPublisher('udp', () => ({ ...endpoints, udpPorts: { teltonika } }));
  const sent = packets(3, 'udp');
  expect(await taken(sent)).toEqual([0, 1, 2]);
  expect(listener.heard).toEqual(hexOf(sent));
});

test('a feed without a port is not acknowledged', async () => {
  publisher = rawPublisher('udp', () => endpoints);
  expect(await taken(packets(1, 'udp'))).toEqual([]);
});

test('Queclink reports are answered by their count, heartbeats by version and count', () => {
  const answer = (text: string): string =>
    Buffer.from(rawProtocol('queclink', 'tcp').answerTo(Buffer.from(text))).toString();
  expect(answer('+RESP:GTFRI,060502,356000000000009,,12650,20260101000002,00A7$')).toBe('+SACK:00A7$');
  expect(answer('+ACK:GTHBD,060502,356000000000009,,20260101000002,11F0$')).toBe('+SACK:GTHBD,060502,11F0$');
});
