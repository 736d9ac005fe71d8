import { loadBook } from '../../core/fold/load-book.ts';
import { newWorld, type World } from '../../core/fold/world.ts';
import { aBook } from './a-book.ts';
import { aFinalDocument } from './a-final-document.ts';

/** An issued document: its number, its operator, and what it comes to in pence. */
export type TestDocument = readonly [
  number: string,
  operator: 'north' | 'south' | 'north-east',
  pence: number,
];

const NAMES = { north: 'North Cabs', south: 'South Taxis', 'north-east': 'North East Cars' } as const;

/** `aBook` on the 1st of May 2026, with operators north and south, and these documents, all unpaid. */
export function bookWithDocuments(documents: readonly TestDocument[]): World {
  const world = newWorld();
  loadBook(world, aBook());
  world.clockMs = Date.UTC(2026, 4, 1, 12);
  world.operatorNames.set('south', NAMES.south);
  for (const [number, operator, pence] of documents) {
    const document = aFinalDocument({
      number,
      kind: pence < 0 ? 'credit_note' : 'invoice',
      operator: { id: operator, name: NAMES[operator] },
      netPence: pence,
      vatPence: 0,
      grossPence: pence,
    });
    world.operatorNames.set(operator, NAMES[operator]);
    world.money.documents.set(number, {
      document,
      issuedBy: 'ada',
      issuedAtMs: 0,
      payments: [],
      writtenOffPence: 0,
      disputes: [],
    });
  }
  return world;
}
