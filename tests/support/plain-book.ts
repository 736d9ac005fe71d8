import {
  midnightMs,
  dayOf,
  type PlainContract,
  type PlainLine,
  periodStart,
  priceOf,
  scaled,
} from './plain-bill.ts';
import { acceptedPoints, type PlainVehicle, type Point, tenthsBetween } from './plain-meter.ts';

/** A document as the reference has it; `lines` are those of the whole period at the time. */
export interface PlainDocument {
  readonly kind: 'invoice' | 'supplementary' | 'credit_note';
  readonly contract: PlainContract;
  readonly period: number;
  readonly tenths: bigint;
  readonly net: bigint;
  readonly vat: bigint;
  readonly lines: readonly PlainLine[];
  readonly payments: { readonly isReceipt: boolean; readonly pence: bigint }[];
  writtenOff: bigint;
}

const COST = 3_000_000n;
const RESIDUAL = 900_000n;
const RESIDUAL_MILES = 150_000n;

/**
 * The book as a list of what happened: balances are sums over documents, receipts and moves, worked out anew each time.
 * It shares no line with core/billing, core/ledger or core/fold. Pence.
 */
export class PlainBook {
  readonly documents: PlainDocument[] = [];
  readonly unmatched = new Map<string, bigint>();
  /** What people posted by themselves: account and pence, debit above zero. */
  readonly moves: (readonly [string, bigint])[] = [];
  readonly #held = new Map<string, readonly PlainLine[]>();
  readonly #depreciated = new Map<string, bigint>();
  readonly #nextDay: Map<string, number>;
  #judged: { readonly size: number; readonly points: Map<string, Point[]> } | null = null;

  readonly vehicles: readonly PlainVehicle[];
  readonly contracts: readonly PlainContract[];

  constructor(vehicles: readonly PlainVehicle[], contracts: readonly PlainContract[]) {
    this.vehicles = vehicles;
    this.contracts = contracts;
    this.#nextDay = new Map(contracts.map(({ id, start }) => [id, dayOf(start)]));
  }

  /** The readings that count, judged again whenever there is one more of anything. */
  points(): Map<string, Point[]> {
    const size = sumOfSizes(this.vehicles);
    if (this.#judged?.size !== size)
      this.#judged = { size, points: new Map(this.vehicles.map((each) => [each.id, acceptedPoints(each)])) };
    return this.#judged.points;
  }

  /** When days ended, each period that is not final holds its price up to the last of them. */
  advance(toMs: number): void {
    const points = this.points();
    for (const contract of this.contracts) {
      const first = this.#nextDay.get(contract.id) ?? 0;
      let day = first;
      while (midnightMs(day + 1) <= toMs) day += 1;
      this.#nextDay.set(contract.id, day);
      if (day === first) continue;
      for (let k = 0; periodStart(contract, k) < day; k += 1)
        if (!this.isFinal(contract, k))
          this.#held.set(`${contract.id} ${k}`, priceOf(contract, k, points, day - 1));
    }
  }

  isFinal(contract: PlainContract, k: number): boolean {
    return this.of(contract, k).length > 0;
  }

  of(contract: PlainContract, k: number): PlainDocument[] {
    return this.documents.filter((document) => document.contract === contract && document.period === k);
  }

  /** What a period that is over is due; null for nothing. */
  due(contract: PlainContract, k: number): PlainDocument | null {
    const points = this.points();
    const lines = priceOf(contract, k, points, periodStart(contract, k + 1) - 1);
    const before = this.of(contract, k);
    const net = sum(lines.map(({ pence }) => pence));
    const vat = scaled('0.2', net, 1n, 1n);
    const [fromMs, toMs] = [midnightMs(periodStart(contract, k)), midnightMs(periodStart(contract, k + 1))];
    const tenths = contract.stays.map((stay) =>
      tenthsBetween(
        points.get(stay.vehicle) ?? [],
        Math.max(stay.fromMs, fromMs, midnightMs(dayOf(contract.start))),
        Math.min(stay.toMs, toMs),
        contract.unit,
      ),
    );
    const amounts = {
      tenths: sum(tenths) - sum(before.map((document) => document.tenths)),
      net: net - sum(before.map((document) => document.net)),
      vat: vat - sum(before.map((document) => document.vat)),
    };
    const isMore = amounts.net + amounts.vat > 0n || (amounts.net + amounts.vat === 0n && amounts.net > 0n);
    const kind = before.length === 0 ? 'invoice' : isMore ? 'supplementary' : 'credit_note';
    if (before.length > 0 && amounts.net === 0n && amounts.vat === 0n) return null;
    return { kind, contract, period: k, ...amounts, lines, payments: [], writtenOff: 0n };
  }

  issue(document: PlainDocument): void {
    const { contract, period, kind } = document;
    for (const earlier of this.of(contract, period)) {
      const [credit, owed] = kind === 'credit_note' ? [document, earlier] : [earlier, document];
      const pence = least(open(owed), -open(credit));
      if (pence <= 0n) continue;
      owed.payments.push({ isReceipt: false, pence });
      credit.payments.push({ isReceipt: false, pence: -pence });
    }
    this.documents.push(document);
    this.#held.delete(`${contract.id} ${period}`);
    this.#depreciate(document);
  }

  /** Each vehicle of the document by its miles since the handover, until the end of the last period it is invoiced for. */
  #depreciate({ contract, period }: PlainDocument): void {
    const points = this.points();
    for (const vehicle of ratedIn(contract, period)) {
      const ends = this.documents
        .filter((document) => ratedIn(document.contract, document.period).includes(vehicle))
        .map((document) => midnightMs(periodStart(document.contract, document.period + 1)));
      const opening = this.vehicles.find(({ id }) => id === vehicle)?.readings[0]?.atMs ?? 0;
      const tenths = tenthsBetween(points.get(vehicle) ?? [], opening, Math.max(...ends), 'mi');
      const lost = scaled(String(COST - RESIDUAL), tenths, 1n, RESIDUAL_MILES * 10n);
      this.#depreciated.set(vehicle, least(lost, COST - RESIDUAL));
    }
  }

  receive(receipt: string, pence: bigint, matches: readonly (readonly [PlainDocument, bigint])[]): void {
    this.moves.push(['1000', pence]);
    this.unmatched.set(receipt, pence);
    this.match(receipt, matches);
  }

  match(receipt: string, matches: readonly (readonly [PlainDocument, bigint])[]): void {
    for (const [document, pence] of matches) {
      document.payments.push({ isReceipt: true, pence });
      this.unmatched.set(receipt, (this.unmatched.get(receipt) ?? 0n) - pence);
    }
  }

  applyDeposit(operator: string, pence: bigint): void {
    this.moves.push([`2000:${operator}`, pence], ['1010', -pence], ['1000', pence]);
    let left = pence;
    for (const document of this.documents) {
      const paid = least(left, open(document));
      if (document.contract.operator !== operator || paid <= 0n) continue;
      document.payments.push({ isReceipt: false, pence: paid });
      left -= paid;
    }
  }

  writeOff(document: PlainDocument): void {
    const { operator } = document.contract;
    const pence = open(document);
    const allowance = -(this.balances().get(`1190:${operator}`) ?? 0n);
    const allowed = least(pence, allowance > 0n ? allowance : 0n);
    document.writtenOff = pence;
    this.moves.push([`1190:${operator}`, allowed], ['5100', pence - allowed]);
  }

  /** Every account that is not at zero. */
  balances(): Map<string, bigint> {
    const all: (readonly [string, bigint])[] = [...this.moves];
    for (const document of this.documents) {
      all.push([`1100:${document.contract.operator}`, open(document)], ['2100', -document.vat]);
      const collected = sum(document.payments.filter(({ isReceipt }) => isReceipt).map(({ pence }) => pence));
      const fee =
        collected === 0n ? 0n : scaled('0.05', collected * document.net, 1n, document.net + document.vat);
      all.push(['5200', fee], ['2200', -fee]);
      if (this.of(document.contract, document.period).at(-1) === document)
        all.push(...income(document.lines));
    }
    for (const [key, lines] of this.#held) {
      const accrued = income(lines);
      all.push(...accrued, [`1110:${key.split(' ')[0]}`, -sum(accrued.map(([, pence]) => pence))]);
    }
    for (const pence of this.unmatched.values()) all.push(['2400', -pence]);
    for (const [vehicle, pence] of this.#depreciated) all.push(['5000', pence], [`1290:${vehicle}`, -pence]);
    return summed(all);
  }
}

function sumOfSizes(vehicles: readonly PlainVehicle[]): number {
  return vehicles.reduce(
    (size, { readings, epochs, rulings }) => size + readings.length + epochs.length + rulings.length,
    0,
  );
}

function ratedIn(contract: PlainContract, k: number): string[] {
  const [fromMs, toMs] = [midnightMs(periodStart(contract, k)), midnightMs(periodStart(contract, k + 1))];
  return contract.stays
    .filter((stay) => stay.fromMs < toMs && stay.toMs > fromMs)
    .map(({ vehicle }) => vehicle);
}

function income(lines: readonly PlainLine[]): (readonly [string, bigint])[] {
  const isUsage = (kind: string): boolean => kind === 'miles' || kind === 'cap_adjustment';
  return lines.map(({ kind, pence }) => [isUsage(kind) ? '4000' : '4010', -pence] as const);
}

export function open({ net, vat, payments, writtenOff }: PlainDocument): bigint {
  return net + vat - sum(payments.map(({ pence }) => pence)) - writtenOff;
}

function summed(moves: readonly (readonly [string, bigint])[]): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const [account, pence] of moves) balances.set(account, (balances.get(account) ?? 0n) + pence);
  for (const [account, pence] of balances) if (pence === 0n) balances.delete(account);
  return balances;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
