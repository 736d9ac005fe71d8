import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBrokenSet } from '../../core/ledger/ledger.ts';
import { replayed } from '../support/folded-money.ts';
import { type Command, type CommandKind, COMMANDS, MoneyModel } from '../support/money-model.ts';
import { TERMS } from '../support/money-model-book.ts';
import type { PlainTerms } from '../support/plain-bill.ts';

/** Packets and invoices come more often than the rest; deposits and disputes must meet what they are about. */
const weights: Partial<Readonly<Record<CommandKind, number>>> = {
  drive: 15,
  late: 5,
  issue: 9,
  receipt: 5,
  dispute: 3,
  settle: 3,
  'apply-deposit': 3,
};
const kinds = COMMANDS.flatMap((kind) => Array.from({ length: weights[kind] ?? 1 }, () => kind));

const number = fc.nat(10_000_000);
const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(...kinds),
  minutes: fc.integer({ min: 1, max: 5 * 1_440 }),
  who: number,
  what: number,
  amount: number,
});
const terms = fc.constantFrom(...TERMS);
const histories = fc.tuple(fc.tuple(terms, terms), fc.array(command, { maxLength: 90, size: 'max' }));

function lived([agreed, commands]: readonly [
  readonly [PlainTerms, PlainTerms],
  readonly Command[],
]): MoneyModel {
  const model = new MoneyModel(agreed);
  for (const each of commands) model.step(each);
  return model;
}

test('whatever happens in whatever order, documents and balances are those of a slow reference', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { run } = lived(history);
      const again = replayed(run);
      expect(again.ledger.balancesPence).toEqual(run.world.ledger.balancesPence);
      expect(again.ledger.sets.at(-1)?.hash).toBe(run.world.ledger.sets.at(-1)?.hash);
      expect(findBrokenSet(again.ledger)).toBeNull();
    }),
    { numRuns: 300, interruptAfterTimeLimit: 30_000 },
  );
}, 60_000);

test('such histories take every kind of command, and issue every kind of document', () => {
  const taken = new Set<string>();
  for (const history of fc.sample(histories, { seed: 4_127, numRuns: 40 })) {
    const model = lived(history);
    for (const kind of model.taken) taken.add(kind);
    for (const { kind } of model.book.documents) taken.add(kind);
  }
  const documents = ['invoice', 'supplementary', 'credit_note'];
  expect([...taken].toSorted()).toEqual([...COMMANDS, ...documents].toSorted());
});
