import path from 'node:path';
import { expect, test } from 'vitest';
import { fail, ok } from '../core/base/result.ts';
import { parseArguments } from './arguments.ts';

const folder = path.resolve('/home/olga');
const parse = (...argv: string[]) => parseArguments(argv, folder);
const door = { host: '127.0.0.1', mqttsPort: null, tcpPorts: {}, udpPorts: {} };
const demo = { city: 'montevideo', vehicles: 250, seed: 7, historyDays: 90 };

test('without arguments the real data folder is opened on the usual port', () => {
  expect(parse()).toEqual(
    ok({ isDemo: false, data: null, book: null, mqttPort: 1883, door, demo, smoke: null }),
  );
});

test('flags of Chromium, of a debugger and the application folder are passed over', () => {
  expect(
    parse('--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '.', '--user-data-dir=/x'),
  ).toEqual(parse());
});

test('files are taken from the folder the person stands in', () => {
  expect(parse('--book', 'books/one.json', '--data=/srv/fleet', '--mqtt-port', '2883')).toEqual(
    ok({
      isDemo: false,
      data: path.resolve('/srv/fleet'),
      book: path.join(folder, 'books', 'one.json'),
      mqttPort: 2883,
      door,
      demo,
      smoke: null,
    }),
  );
});

test('trackers may come in by TLS, and by ports for those that do not speak MQTT', () => {
  const raw = ['--tcp-port', 'teltonika=5027', '--tcp-port=queclink=5028', '--udp-port', 'teltonika=5027'];
  const parsed = parse('--host', '0.0.0.0', '--mqtts-port=8883', ...raw);
  expect(parsed.ok && parsed.value.door).toEqual({
    host: '0.0.0.0',
    mqttsPort: 8883,
    tcpPorts: { teltonika: 5027, queclink: 5028 },
    udpPorts: { teltonika: 5027 },
  });
});

test('the demo fleet is what was asked for', () => {
  expect(
    parse('--demo', '--city', 'gothenburg', '--vehicles', '1000', '--seed=41', '--history-days', '0'),
  ).toEqual(
    ok({
      isDemo: true,
      data: null,
      book: null,
      mqttPort: 1883,
      door,
      demo: { city: 'gothenburg', vehicles: 1_000, seed: 41, historyDays: 0 },
      smoke: null,
    }),
  );
});

test.each([
  ['60s', 60_000],
  ['1500ms', 1_500],
  ['2m', 120_000],
])('a smoke run of %s ends by itself', (text, afterMs) => {
  const result = parse('--smoke', text, '--report', 'r.json', '--screenshot', 's.png');
  expect(result.ok && result.value.smoke).toEqual({
    afterMs,
    report: path.join(folder, 'r.json'),
    screenshot: path.join(folder, 's.png'),
  });
});

test.each([
  [['--mqtt-port', '70000'], '--mqtt-port is "70000"; it must be a whole number from 1 to 65535'],
  [
    ['--tcp-port', 'tesla=1'],
    '--tcp-port is "tesla=1"; use one of teltonika, queclink with a port, such as teltonika=5027',
  ],
  [['--vehicles', 'many'], '--vehicles is "many"; it must be a whole number from 1 to 100000'],
  [['--seed', '-3'], '--seed is "-3"; it must be a whole number from 0 to 2147483647'],
  [['--smoke', 'soon'], '--smoke is "soon"; it must be a time such as 60s, 1500ms or 2m'],
  [['--data'], '--data needs a value'],
])('%j is answered with a sentence', (argv, sentence) => {
  expect(parse(...argv)).toEqual(fail(sentence));
});
