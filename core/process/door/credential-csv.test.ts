import { expect, test } from 'vitest';
import { readCredentialCsv } from './credential-csv.ts';

const HEADER = 'username,role,provider,device,publish,subscribe';

test('a line each: a device with the topics of its feed, a gateway with its own, a subscriber', () => {
  const csv = `\uFEFF${HEADER}\r\n
taxi-1,device,teltonika-mqtt-json,356000000000019,,
bridge,gateway,,,kamereon/#; smartcar/#,
"wall, north",subscriber,,,,milepost/v1/#\n`;
  expect(readCredentialCsv(csv, 'new fleet')).toEqual({
    ok: true,
    value: [
      {
        line: 3,
        request: {
          username: 'taxi-1',
          role: 'device',
          device: { provider: 'teltonika-mqtt-json', name: '356000000000019' },
          publish: null,
          subscribe: [],
          proof: { kind: 'secret' },
          reason: 'new fleet',
        },
      },
      {
        line: 4,
        request: {
          username: 'bridge',
          role: 'gateway',
          device: null,
          publish: ['kamereon/#', 'smartcar/#'],
          subscribe: [],
          proof: { kind: 'secret' },
          reason: 'new fleet',
        },
      },
      {
        line: 5,
        request: {
          username: 'wall, north',
          role: 'subscriber',
          device: null,
          publish: null,
          subscribe: ['milepost/v1/#'],
          proof: { kind: 'secret' },
          reason: 'new fleet',
        },
      },
    ],
  });
});

test('every problem is told, by line and field, and nothing is taken', () => {
  const csv = `${HEADER}
,device,queclink,356000000000019,,
a,driver,queclink,356000000000019,,
b,device,nokia,356000000000019,,
c,device,queclink,,,
d,gateway,,,x/#,
d,gateway,,,y/#,`;
  const read = readCredentialCsv(csv, 'new fleet');
  expect(read.ok ? read.value : read.error.map(({ line, field }) => [line, field])).toEqual([
    [2, 'username'],
    [3, 'role'],
    [4, 'provider'],
    [5, 'device'],
    [7, 'username'],
  ]);
});

test.each([
  ['no header', 'taxi-1,device,queclink,356000000000019,,', 'header'],
  ['nothing', '', 'header'],
  ['another encoding', `${HEADER}\ncaf\uFFFD,device,queclink,1,,`, 'file'],
  ['a field too many', `${HEADER}\na,device,queclink,1,,,`, 'line'],
  ['an open quote', `${HEADER}\n"a,device`, 'file'],
])('%s is refused in words', (_, csv, field) => {
  expect(readCredentialCsv(csv, 'new fleet')).toMatchObject({ ok: false, error: [{ field }] });
});
