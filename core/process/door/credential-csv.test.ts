import { expect, test } from 'vitest';
import { readCredentialCsv } from './credential-csv.ts';

const HEADER = 'username,role,provider,device,publish,subscribe';

test('a line each: a device with the topics of its feed, a gateway with its own, a subscriber', () => {
  const csv = `\uFEFF${HEADER}\r\n
taxi-1,device,teltonika-mqtt-json,356000000000019,,
bridge,gateway,,,kamereon/#; smartcar/#,
"wall, north",subscriber,,,,milepost/v1/#\n`;
  expect(readCredentialCsv(csv, 'new fleet')).toEqual({
    problems: [],
    requests: [
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

test('every problem is told, by line and field and in words, and the other lines are read', () => {
  const csv = `${HEADER}
,device,queclink,356000000000019,,
a,driver,queclink,356000000000019,,
b,device,nokia,356000000000019,,
c,device,queclink,,,
d,gateway,,,x/#,
d,gateway,,,y/#,`;
  const { requests, problems } = readCredentialCsv(csv, 'new fleet');
  expect(requests.map(({ line }) => line)).toEqual([6, 7]);
  expect(problems.map(({ line, field, problem }) => [line, field, problem])).toEqual([
    [2, 'username', 'it is empty'],
    [3, 'role', '"driver" is none of device, gateway, subscriber'],
    [
      4,
      'provider',
      expect.stringMatching(/^"nokia" is no feed; give one of tesla-fleet-telemetry, .*, or mapped:NAME$/),
    ],
    [5, 'device', 'it is empty'],
    [7, 'username', '"d" stands on line 6 already'],
  ]);
});

test.each([
  ['no header', 'taxi-1,device,queclink,356000000000019,,', 'header'],
  ['nothing', '', 'header'],
  ['another encoding', `${HEADER}\ncaf\uFFFD,device,queclink,1,,`, 'file'],
  ['a field too many', `${HEADER}\na,device,queclink,1,,,`, 'line'],
  ['an open quote', `${HEADER}\n"a,device`, 'file'],
])('%s is refused in words', (_, csv, field) => {
  expect(readCredentialCsv(csv, 'new fleet')).toMatchObject({ requests: [], problems: [{ field }] });
});
