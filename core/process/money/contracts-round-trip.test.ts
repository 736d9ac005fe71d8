import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extensions } from '../../../tests/support/any-extension.ts';
import { extendProblem } from '../../fold/check-extension.ts';
import { addToBook, type BookParts } from '../../fold/load-book.ts';
import { newWorld, type World } from '../../fold/world.ts';
import { decisionSchema } from '../../protocol/decision.ts';
import { readContractsCsv, writeContractsCsv } from './contracts-csv.ts';

function emptyBook(): World {
  const world = newWorld();
  world.facility = { id: 'F1', name: 'First Facility', currency: 'GBP' };
  return world;
}

function readParts(csv: string): BookParts {
  const { problems, decision } = readContractsCsv(csv, emptyBook());
  expect(problems).toEqual([]);
  const parsed = decisionSchema.parse({ ...decision, actor: 'ada', reason: 'new contracts' });
  if (parsed.decision !== 'extend-book') throw new Error(`${parsed.decision} is not read from a CSV`);
  expect(extendProblem(emptyBook(), parsed)).toBeNull();
  return parsed;
}

test('property: what is written is read again, and gives the same book', () => {
  fc.assert(
    fc.property(extensions, (parts) => {
      const written = emptyBook();
      addToBook(written, parts);
      const csv = writeContractsCsv(written);
      const { operators, vehicles, trackers, contracts, openings } = readParts(csv);
      expect({ operators, vehicles, trackers, contracts, openings }).toEqual(parts);
      const read = emptyBook();
      addToBook(read, { operators, vehicles, trackers, contracts, openings });
      expect(writeContractsCsv(read)).toBe(csv);
    }),
    { numRuns: 60 },
  );
});
