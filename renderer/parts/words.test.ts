import { expect, test } from 'vitest';
import type { Alarm } from '../../core/protocol/link.ts';
import { byUrgency, countByPriority } from './alarm-words.ts';
import { troubleWords } from './core-banner.tsx';

const alarm = (id: string, priority: Alarm['priority'], raisedAtMs: number): Alarm => ({
  id,
  priority,
  words: id,
  response: '',
  raisedAtMs,
  count: 1,
});

test('the strip shows the most urgent alarm, the newest of its kind first', () => {
  const alarms = [
    alarm('old-low', 'P3', 1),
    alarm('late-low', 'P3', 2),
    alarm('high', 'P2', 0),
    alarm('urgent', 'P1', 0),
  ];
  expect(byUrgency(alarms).map(({ id }) => id)).toEqual(['urgent', 'high', 'late-low', 'old-low']);
  expect(countByPriority(alarms)).toEqual([
    ['P1', 1],
    ['P2', 1],
    ['P3', 2],
  ]);
  expect(countByPriority([])).toEqual([]);
});

test('the banner says what happened, what it affects and what happens next', () => {
  expect(troubleWords({ state: 'running', mqttPort: 1883 }, true, false)).toBeNull();
  expect(troubleWords({ state: 'starting' }, false, false)).toBeNull();
  expect(troubleWords({ state: 'starting' }, true, true)).toContain('core process is starting again');
  expect(troubleWords({ state: 'running', mqttPort: 1883 }, true, true)).toContain('the last known');
  expect(troubleWords({ state: 'restarting', attempt: 3, retryInMs: 4_000 }, true, true)).toBe(
    'The core process stopped and starts again in 4 s, attempt 3. What you see is the last known; ' +
      'acknowledged packets are safe in the journal.',
  );
  expect(troubleWords({ state: 'failed', problem: 'port 1883 is taken' }, false, false)).toBe(
    'The core process cannot run: port 1883 is taken',
  );
});
