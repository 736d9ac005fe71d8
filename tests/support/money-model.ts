import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { must } from '../../core/base/assert.ts';
import { openPence } from '../../core/billing/document-book.ts';
import { accountNamed } from '../../core/fold/account-named.ts';
import { bookFault } from '../../core/fold/book-invariants.ts';
import { periodExceptions } from '../../core/fold/period-exceptions.ts';
import { periodOf } from '../../core/billing/contract-account.ts';
import type { LedgerEvent } from '../../core/protocol/ledger-event.ts';
import {
  balances,
  decide,
  dueDocument,
  type MoneyRun,
  moneyRun,
  post,
  receive,
  tick,
} from './folded-money.ts';
import { modelBook, plainContracts, TERMS } from './money-model-book.ts';
import { midnightMs, type PlainContract, periodStart, type PlainTerms } from './plain-bill.ts';
import { open, PlainBook, type PlainDocument } from './plain-book.ts';
import { handedOver, ModelVehicles, START_MS } from './model-vehicles.ts';

export const COMMANDS = [
  'drive',
  'late',
  'duplicate',
  'rollback',
  'jump',
  'ruling',
  'epoch',
  'amend',
  'issue',
  'receipt',
  'match',
  'dispute',
  'settle',
  'write-off',
  'deposit',
  'apply-deposit',
  'allowance',
  'recovered',
  'entry',
] as const;
export type CommandKind = (typeof COMMANDS)[number];

/** What is done after so many minutes; the numbers choose among what there is then. */
export interface Command {
  readonly kind: CommandKind;
  readonly minutes: number;
  readonly who: number;
  readonly what: number;
  readonly amount: number;
}

const MINUTE_MS = 60_000;

/** The product and the reference, moved together and compared after every command. */
export class MoneyModel {
  readonly run: MoneyRun;
  readonly book: PlainBook;
  /** The kinds of commands that the product took. */
  readonly taken = new Set<CommandKind>();
  #nowMs = START_MS;
  #receipts = 0;
  readonly #vehicles: ModelVehicles;
  readonly #disputed: { readonly document: string; readonly line: number | null }[] = [];
  constructor(terms: readonly [PlainTerms, PlainTerms]) {
    const contracts = plainContracts(terms);
    const vehicles = handedOver();
    this.book = new PlainBook(vehicles, contracts);
    this.run = moneyRun(modelBook(contracts), START_MS);
    this.#vehicles = new ModelVehicles(this.run, vehicles);
    for (const { id } of vehicles) {
      const bought = { event: 'vehicle-bought', valueDay: '2026-01-01', reference: id, vehicle: id } as const;
      post(this.run, START_MS, { ...bought, pence: 3_000_000 });
      this.book.moves.push([`1200:${id}`, 3_000_000n], ['1000', -3_000_000n]);
    }
  }

  step(command: Command): void {
    this.#nowMs += command.minutes * MINUTE_MS;
    tick(this.run, this.#nowMs);
    this.book.advance(this.#nowMs);
    if (this.#take(command)) this.taken.add(command.kind);
    this.compare();
  }

  compare(): void {
    equal(this.run.world.ledger.fault, null);
    equal(bookFault(this.run.world), null);
    const expected = [...this.book.balances()].map(([account, pence]) => [account, Number(pence)] as const);
    deepEqual(balances(this.run), Object.fromEntries(expected));
    deepEqual(
      [...this.run.world.money.documents.values()].map(openPence),
      this.book.documents.map((document) => Number(open(document))),
    );
  }

  #take(command: Command): boolean {
    switch (command.kind) {
      case 'drive':
      case 'late':
      case 'duplicate':
      case 'rollback':
      case 'jump':
        return this.#vehicles.packet(command, this.#nowMs);
      case 'ruling':
        return this.#vehicles.ruling(command, this.#nowMs);
      case 'epoch':
        return this.#vehicles.epoch(command, this.#nowMs);
      case 'amend':
        return this.#amend(command);
      case 'issue':
        return this.#issue(command);
      case 'receipt':
        return this.#receipt(command);
      case 'match':
        return this.#match(command);
      case 'dispute':
      case 'settle':
      case 'write-off':
        return this.#document(command);
      default:
        return this.#event(command);
    }
  }

  #amend({ who, what, amount }: Command): boolean {
    const contract = this.#contract(who);
    const terms = must(TERMS[what % TERMS.length], 'there are terms');
    const from = this.#day((amount % 50) - 20);
    const amendment = { from, terms: { ...terms, tiers: [...terms.tiers] } };
    const amended = decide(this.run, this.#nowMs, {
      decision: 'amend-contract',
      contract: contract.id,
      amendment,
    });
    if (amended === null) contract.amendments.push({ from, terms });
    return amended === null;
  }

  #issue({ who, what }: Command): boolean {
    const contract = this.#contract(who);
    const period = what % 5;
    const account = accountNamed(this.run.world, contract.id);
    for (const { exception } of periodExceptions(this.run.world, account, periodOf(account, period)))
      decide(this.run, this.#nowMs, {
        decision: 'waive-exception',
        contract: contract.id,
        period,
        exception,
      });
    const document = dueDocument(this.run, contract.id, period);
    const isOver = midnightMs(periodStart(contract, period + 1)) <= this.#nowMs;
    const due = isOver ? this.book.due(contract, period) : null;
    if (!isOver || document === null) {
      equal(due, null);
      const refused =
        document === null ? '' : decide(this.run, this.#nowMs, { decision: 'issue-document', document });
      notEqual(refused, null);
      return false;
    }
    const expected = must(due, `the reference has nothing due for ${contract.id} ${period}`);
    equal(decide(this.run, this.#nowMs, { decision: 'issue-document', document }), null);
    const { kind, tenths, netPence, vatPence, rated } = document;
    deepEqual(
      { kind, tenths, netPence, vatPence, lines: rated.lines.map(shortLine) },
      {
        kind: expected.kind,
        tenths: Number(expected.tenths),
        netPence: Number(expected.net),
        vatPence: Number(expected.vat),
        lines: expected.lines.map((line) =>
          shortLine({
            ...line,
            tenths: line.tenths === null ? null : Number(line.tenths),
            pence: Number(line.pence),
          }),
        ),
      },
    );
    this.book.issue(expected);
    return true;
  }

  #receipt({ who, what, amount }: Command): boolean {
    const receipt = `R${(this.#receipts += 1)}`;
    const pence = 1 + (amount % 60_000);
    const matches = this.#matches(what, who % 4 === 0 ? pence : null, pence);
    const named = matches.map(([i, paid]) => ({ document: this.#number(i), pence: Number(paid) }));
    if (receive(this.run, this.#nowMs, receipt, pence, ...named) !== null) return false;
    this.book.receive(
      receipt,
      BigInt(pence),
      matches.map(([i, paid]) => [this.#documentAt(i), paid]),
    );
    return true;
  }

  #match({ who, what, amount }: Command): boolean {
    const receipts = [...this.book.unmatched];
    const [receipt, left] = receipts[who % Math.max(1, receipts.length)] ?? ['none', 0n];
    const matches = this.#matches(what, null, Math.min(Number(left), 1 + amount));
    if (matches.length === 0) return false;
    const named = matches.map(([i, paid]) => ({ document: this.#number(i), pence: Number(paid) }));
    if (decide(this.run, this.#nowMs, { decision: 'match-receipt', receipt, matches: named }) !== null)
      return false;
    this.book.match(
      receipt,
      matches.map(([i, paid]) => [this.#documentAt(i), paid]),
    );
    return true;
  }

  /** One document and what of `most` is paid of it: all that is open, or so much that it may be too much. */
  #matches(what: number, whole: number | null, most: number): [number, bigint][] {
    const { documents } = this.book;
    if (documents.length === 0 || what % 5 === 0) return [];
    const i = what % documents.length;
    const openNow = Number(open(this.#documentAt(i)));
    const pence = whole ?? Math.min(openNow, most);
    return pence > 0 ? [[i, BigInt(pence)]] : [];
  }

  #document({ kind, who, what }: Command): boolean {
    const i = what % Math.max(1, this.book.documents.length);
    if (this.book.documents.length === 0) return false;
    const document = this.#number(i);
    if (kind === 'write-off') {
      if (decide(this.run, this.#nowMs, { decision: 'write-off', document }) !== null) return false;
      this.book.writeOff(this.#documentAt(i));
      return true;
    }
    const line = who % 3 === 0 ? null : who % 3;
    if (kind === 'settle') return this.#settle(what);
    if (decide(this.run, this.#nowMs, { decision: 'dispute-document', document, line }) !== null)
      return false;
    this.#disputed.push({ document, line });
    return true;
  }

  /** Nothing of a dispute is in the book. */
  #settle(what: number): boolean {
    const disputed = this.#disputed[what % Math.max(1, this.#disputed.length)];
    if (disputed === undefined) return false;
    return decide(this.run, this.#nowMs, { decision: 'settle-dispute', ...disputed }) === null;
  }

  #event({ kind, who, amount }: Command): boolean {
    const operator = who % 2 === 0 ? 'north' : 'south';
    const pence = 1 + (amount % 30_000);
    const base = { valueDay: this.#day(0), reference: kind, operator } as const;
    const posted = (event: LedgerEvent): boolean => post(this.run, this.#nowMs, event) === null;
    const move = (debit: string, credit: string, by: bigint): boolean =>
      this.book.moves.push([debit, by], [credit, -by]) > 0;
    const held = -(this.book.balances().get(`1190:${operator}`) ?? 0n);
    switch (kind) {
      case 'deposit':
        return (
          posted({ event: 'deposit-received', ...base, pence }) &&
          move('1010', `2000:${operator}`, BigInt(pence))
        );
      case 'apply-deposit':
        if (!posted({ event: 'deposit-applied', ...base, pence: 1 + (amount % 9_000) })) return false;
        this.book.applyDeposit(operator, BigInt(1 + (amount % 9_000)));
        return true;
      case 'allowance':
        return (
          posted({ event: 'allowance-set', ...base, levelPence: pence }) &&
          move('5100', `1190:${operator}`, BigInt(pence) - held)
        );
      case 'recovered':
        return posted({ event: 'recovered', ...base, pence }) && move('1000', '4030', BigInt(pence));
      default:
        return this.#entry(base.valueDay, pence) && move('5300', '4020', BigInt(pence));
    }
  }

  #entry(valueDay: string, pence: number): boolean {
    const entries = [
      { account: '5300', pence },
      { account: '4020', pence: -pence },
    ];
    return (
      decide(this.run, this.#nowMs, { decision: 'post-entry', valueDay, corrects: null, entries }) === null
    );
  }

  #contract(who: number): PlainContract {
    return must(this.book.contracts[who % this.book.contracts.length], 'there are contracts');
  }

  #documentAt(i: number): PlainDocument {
    return must(this.book.documents[i], 'there is such a document');
  }

  #number(i: number): string {
    return must([...this.run.world.money.documents.keys()][i], 'there is such a document');
  }

  /** A day so many days from today, as text. */
  #day(from: number): string {
    return new Date(this.#nowMs + from * 86_400_000).toISOString().slice(0, 10);
  }
}

function shortLine({
  vehicle,
  kind,
  tenths,
  pence,
}: {
  readonly vehicle: string | null;
  readonly kind: string;
  readonly tenths: number | null;
  readonly pence: number;
}): unknown {
  return [vehicle, kind, tenths, pence];
}
