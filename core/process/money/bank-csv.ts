import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { dayProblem } from '../../fold/check-money.ts';
import type { World } from '../../fold/world.ts';
import type { moneyAsks } from '../../protocol/money-asks.ts';
import { csvLines, type CsvFile, type CsvProblem } from '../csv-lines.ts';
import { bankTable } from './bank-columns.ts';
import { type BankPayment, readBankLine } from './read-bank-line.ts';
import { suggestMatches } from './suggest-matches.ts';

type Answer = z.infer<(typeof moneyAsks)['money.read-bank-csv']['answer']>;

/** As many as one decision records. */
const RECEIPTS_MAX = 10_000;
const ID_CHARACTERS_MAX = 64;
const TEXT_CHARACTERS_MAX = 200;

/**
 * The payments of a bank statement's CSV with the documents each most likely pays, and what is wrong with its other lines.
 * Lines of money that went out are left out. docs/how-to/contracts-and-receipts-by-csv.md tells which columns are read.
 */
export function readBankCsv(csv: string, world: World): Answer {
  if (world.facility === null)
    return { problems: [fileProblem('there is no facility yet; load a book first')], receipts: [] };
  const file = csvLines(csv);
  if (!file.ok) return { problems: [file.error], receipts: [] };
  const { payments, problems } = readPayments(file.value);
  const receipts = withoutClosedDays(world, withIds(payments, problems), problems);
  const isNew = ({ receipt }: IdentifiedPayment): boolean => !world.money.receipts.has(receipt);
  if (receipts.filter(isNew).length > RECEIPTS_MAX)
    return {
      problems: [fileProblem(`at most ${RECEIPTS_MAX} payments a file; hand it in by month`)],
      receipts: [],
    };
  return { problems: problems.toSorted((a, b) => a.line - b.line), receipts: answered(world, receipts) };
}

function fileProblem(problem: string): CsvProblem {
  return { line: 1, field: 'file', problem };
}

function readPayments({ separator, lines }: CsvFile): {
  readonly payments: readonly BankPayment[];
  readonly problems: CsvProblem[];
} {
  const table = bankTable(lines);
  if (!table.ok) return { payments: [], problems: [table.error] };
  const payments: BankPayment[] = [];
  const problems: CsvProblem[] = [];
  for (const line of table.value.lines) {
    const payment = readBankLine(line, table.value.columns, separator === ';');
    if (!payment.ok) problems.push(payment.error);
    else if (payment.value !== null) payments.push(payment.value);
  }
  return { payments, problems };
}

interface IdentifiedPayment {
  readonly receipt: string;
  readonly payment: BankPayment;
}

/** The bank's id, or one made of what the line says: the same statement read again has the same ids. */
function withIds(payments: readonly BankPayment[], problems: CsvProblem[]): IdentifiedPayment[] {
  const equal = new Map<string, number>();
  const lineById = new Map<string, number>();
  return payments.flatMap((payment) => {
    const { line, day, pence, reference, transactionId } = payment;
    const key = JSON.stringify([day, pence, reference]);
    const count = equal.get(key) ?? 0;
    if (transactionId === null) equal.set(key, count + 1);
    const receipt = receiptId(transactionId, [day, pence, reference, count]);
    const first = lineById.get(receipt);
    if (first === undefined) {
      lineById.set(receipt, line);
      return [{ receipt, payment }];
    }
    const problem = `"${transactionId ?? receipt}" stands on line ${first} already`;
    problems.push({ line, field: 'transaction id', problem });
    return [];
  });
}

/** A payment that is recorded already may lie in a closed month: statements overlap. */
function withoutClosedDays(
  world: World,
  receipts: readonly IdentifiedPayment[],
  problems: CsvProblem[],
): IdentifiedPayment[] {
  const problemByDay = new Map<string, string | null>();
  return receipts.filter(({ receipt, payment: { line, day } }) => {
    if (world.money.receipts.has(receipt)) return true;
    if (!problemByDay.has(day)) problemByDay.set(day, dayProblem(world, 'date', day)?.problem ?? null);
    const problem = problemByDay.get(day) ?? null;
    if (problem !== null) problems.push({ line, field: 'date', problem });
    return problem === null;
  });
}

function receiptId(transactionId: string | null, said: readonly (string | number)[]): string {
  if (transactionId !== null && transactionId.length <= ID_CHARACTERS_MAX) return transactionId;
  const digest = createHash('sha256').update(JSON.stringify(transactionId ?? said));
  return `bank-${digest.digest('hex').slice(0, 32)}`;
}

function answered(world: World, receipts: readonly IdentifiedPayment[]): Answer['receipts'] {
  const isKnown = ({ receipt }: IdentifiedPayment): boolean => world.money.receipts.has(receipt);
  const asked = receipts.filter((each) => !isKnown(each)).map(({ payment }) => payment);
  const suggestions = suggestMatches(world, asked);
  const suggestionOf = new Map(asked.map((payment, i) => [payment, suggestions[i]]));
  return receipts.map((each) => {
    const { receipt, payment } = each;
    const suggestion = suggestionOf.get(payment);
    return {
      receipt,
      valueDay: payment.day,
      pence: payment.pence,
      payer: payment.payer.slice(0, TEXT_CHARACTERS_MAX),
      reference: payment.reference.slice(0, TEXT_CHARACTERS_MAX),
      matches: [...(suggestion?.matches ?? [])],
      because: [...(suggestion?.because ?? ['it is recorded already'])],
      isKnown: isKnown(each),
    };
  });
}
