import { expect, test } from 'vitest';
import { lapseWords } from './time-lapse-line.tsx';

const at = {
  clockMs: Date.parse('2026-10-04T02:00:00Z'),
  timeZone: 'Europe/Stockholm',
};

test('the line of a time-lapse says the local day, how far it is, and how long it takes', () => {
  const timeLapse = { day: 12, days: 90, secondsLeft: 40, isSkipping: false };
  expect(lapseWords({ ...at, timeLapse })).toBe('Time-lapse: 4 Oct 2026, day 12 of 90; live in about 40 s');
  expect(lapseWords({ ...at, timeZone: 'America/Montevideo', timeLapse })).toContain('3 Oct 2026');
  expect(lapseWords({ ...at, timeLapse: { ...timeLapse, secondsLeft: 200, isSkipping: true } })).toBe(
    'Time-lapse: 4 Oct 2026, day 12 of 90, skipping to live; live in about 3 min',
  );
  expect(lapseWords({ ...at, timeLapse: { ...timeLapse, secondsLeft: null } })).toBe(
    'Time-lapse: 4 Oct 2026, day 12 of 90',
  );
  expect(lapseWords({ ...at, timeLapse: null })).toBe('');
});
