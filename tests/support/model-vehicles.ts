import { must } from '../../core/base/assert.ts';
import { decide, type MoneyRun, sendMetres } from './folded-money.ts';
import { DEVICES } from './money-book.ts';
import type { Command } from './money-model.ts';
import type { PlainVehicle } from './plain-meter.ts';

interface Sent {
  readonly vehicle: number;
  readonly position: number;
  readonly atMs: number;
  readonly metres: number;
}

const MINUTE_MS = 60_000;
export const START_MS = Date.UTC(2026, 0, 1);
const OPENING_METRES = 1_609_344;

/** The vehicles as the reference has them at their handover. */
export function handedOver(): PlainVehicle[] {
  return DEVICES.map((_, i) => {
    const raw = BigInt(OPENING_METRES) * 1_000_000n;
    const opening = { atMs: START_MS, raw, position: -1, isHandover: true };
    return { id: `V${i + 1}`, readings: [opening], epochs: [], rulings: [] };
  });
}

/** What instruments show and trackers send, told to the product and to the reference alike. */
export class ModelVehicles {
  readonly #run: MoneyRun;
  readonly #vehicles: readonly PlainVehicle[];
  readonly #sent: Sent[] = [];
  /** What each instrument shows now, metres, and since when. */
  readonly #shown = DEVICES.map(() => ({ metres: OPENING_METRES, atMs: START_MS }));

  constructor(run: MoneyRun, vehicles: readonly PlainVehicle[]) {
    this.#run = run;
    this.#vehicles = vehicles;
  }

  packet({ kind, who, what, amount }: Command, nowMs: number): boolean {
    const vehicle = who % DEVICES.length;
    const shown = must(this.#shown[vehicle], 'a vehicle has an instrument');
    const minutes = (nowMs - shown.atMs) / MINUTE_MS;
    const own = this.#sent.filter((sent) => sent.vehicle === vehicle);
    const before = own[what % Math.max(1, own.length)];
    if (kind === 'rollback')
      return this.#send(nowMs, vehicle, nowMs, Math.max(0, shown.metres - 2_000 - amount));
    if (kind === 'jump') return this.#send(nowMs, vehicle, nowMs, shown.metres + 4_000_000 + amount);
    if (kind === 'duplicate' && before !== undefined)
      return this.#send(nowMs, vehicle, before.atMs, before.metres);
    if (kind === 'late' && before !== undefined)
      return this.#send(
        nowMs,
        vehicle,
        before.atMs + (amount % 3_600) * 1_000,
        before.metres + (amount % 9_000),
      );
    shown.metres += amount % (1 + Math.min(1_400_000, Math.floor(minutes * 1_500)));
    shown.atMs = nowMs;
    return this.#send(nowMs, vehicle, nowMs, shown.metres);
  }

  #send(nowMs: number, vehicle: number, atMs: number, metres: number): boolean {
    if (atMs > nowMs) return false;
    const position = this.#run.records.length;
    sendMetres(this.#run, must(DEVICES[vehicle], 'a vehicle has a tracker'), atMs, metres, nowMs);
    const raw = BigInt(metres) * 1_000_000n;
    this.#vehicles[vehicle]?.readings.push({ atMs, raw, position, isHandover: false });
    this.#sent.push({ vehicle, position, atMs, metres });
    return true;
  }

  /** People accept or reject one of the readings that were sent. */
  ruling({ who, what }: Command, nowMs: number): boolean {
    const sent = this.#sent[what % Math.max(1, this.#sent.length)];
    if (sent === undefined) return false;
    const { vehicle, position, atMs, metres } = sent;
    const kind = who % 2 === 0 ? 'accept' : 'reject';
    const decision = kind === 'accept' ? 'accept-reading' : 'reject-reading';
    const named = { vehicle: `V${vehicle + 1}`, position, atMs, micrometres: metres * 1_000_000 };
    if (decide(this.#run, nowMs, { decision, ...named }) !== null) return false;
    this.#vehicles[vehicle]?.rulings.push({ kind, position, atMs, raw: BigInt(metres) * 1_000_000n });
    return true;
  }

  /** An instrument is replaced now. */
  epoch({ who, amount }: Command, nowMs: number): boolean {
    const vehicle = who % DEVICES.length;
    const shown = must(this.#shown[vehicle], 'a vehicle has an instrument');
    const [closing, opening] = [shown.metres + (amount % 500), amount % 50_000];
    const kilometres = (metres: number): string => (metres / 1_000).toFixed(3);
    const refused = decide(this.#run, nowMs, {
      decision: 'open-epoch',
      vehicle: `V${vehicle + 1}`,
      at: new Date(nowMs).toISOString(),
      closing: kilometres(closing),
      opening: kilometres(opening),
      unit: 'km',
    });
    if (refused !== null) return false;
    const micrometres = (metres: number): bigint => BigInt(metres) * 1_000_000n;
    const epoch = { atMs: nowMs, closing: micrometres(closing), opening: micrometres(opening) };
    this.#vehicles[vehicle]?.epochs.push(epoch);
    this.#shown[vehicle] = { metres: opening, atMs: nowMs };
    return true;
  }
}
