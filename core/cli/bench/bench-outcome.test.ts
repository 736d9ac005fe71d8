import { expect, test } from 'vitest';
import { must } from '../../base/assert.ts';
import { benchList } from './bench-list.ts';
import { describeOutcome, outcomeOf } from './bench-outcome.ts';

const journal = must(
  benchList.find(({ name }) => name === 'journal'),
  'in the list',
);
const load = { before: 2.25, after: 3, cores: 2, isContended: true };

test('a person reads the figure, its floor, the ratio, the aim and the noise', () => {
  const rounds = [
    { floor: 300_000, product: 150_000 },
    { floor: 200_000, product: 150_000 },
  ];
  const outcome = outcomeOf(journal, { rounds, notes: ['12 of 14 segments sealed'] }, load);
  expect(outcome).toMatchObject({ bench: 'journal', ratio: 0.6, aim: 'at least 0.7x', isMet: false });
  expect(describeOutcome(journal, outcome)).toBe(
    `journal: journal records a second, 200-byte payloads, batches of 1,000
  product   150,000 records/s
  floor     250,000 records/s (append + fdatasync of the same payloads in the same batches)
  ratio     0.60x of the floor; aim at least 0.7x: NOT met
  rounds    2, medians; ratios 0.50 to 0.75
  machine   load average 2.3 before, 3.0 after, on 2 cores [CONTENDED: trust the ratio only]
  note      12 of 14 segments sealed
`,
  );
});

test('where there is no aim yet, the figures are said and not judged', () => {
  const bench = { ...journal, aim: null };
  const outcome = outcomeOf(bench, { rounds: [{ floor: 2, product: 3 }], notes: [] }, load);
  expect(outcome).toMatchObject({ aim: 'none yet', isMet: null });
  expect(describeOutcome(bench, outcome)).toContain('\n  ratio     1.50x of the floor; aim none yet\n');
});

test('a bench that cannot run here says why, by name', () => {
  const outcome = outcomeOf(journal, { skipped: 'no disk' }, load);
  expect(outcome).toEqual({ bench: 'journal', skipped: 'no disk' });
  expect(describeOutcome(journal, outcome)).toBe('journal: skipped, no disk\n');
});
