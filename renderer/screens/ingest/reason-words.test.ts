import { expect, test } from 'vitest';
import { newBrokerCounters, refusalsByReason } from '../../../core/process/broker/broker-counters.ts';
import { rawRefusals } from '../../../core/process/listeners/raw-counters.ts';
import { refusalReasons } from '../../../core/tracker/refusal.ts';
import { connectionMeaning, packetMeaning, reasonsByCount } from './reason-words.ts';

test('every reason a packet is refused for says what it means', () => {
  expect(refusalReasons.filter((reason) => packetMeaning(reason) === '')).toEqual([]);
  expect(packetMeaning('brand-new')).toBe('');
});

test('every reason a connection is turned away for says what it means', () => {
  const counters = newBrokerCounters();
  const ones = Object.fromEntries(Object.keys(counters).map((name) => [name, 1]));
  const broker = Object.keys(refusalsByReason({ ...counters, ...ones }));
  expect(broker.length).toBeGreaterThan(10);
  expect([...broker, ...rawRefusals].filter((reason) => connectionMeaning(reason) === '')).toEqual([]);
  expect(connectionMeaning('brand-new')).toBe('');
});

test('the most frequent reason comes first, and nought is no reason', () => {
  expect(reasonsByCount({ idle: 2, silent: 0, 'not-mqtt': 9, 'broken-off': 2 })).toEqual([
    ['not-mqtt', 9],
    ['broken-off', 2],
    ['idle', 2],
  ]);
});
