import { must } from '../../../core/base/assert.ts';
import { randomStream } from '../../../core/base/random.ts';
import { billedTenths } from '../../../core/billing/contract-account.ts';
import { bookFault } from '../../../core/fold/book-invariants.ts';
import { type DataFolder, openDataFolder } from '../../../core/process/data-folder.ts';
import { usePlatformText } from '../../../core/process/platform-text.ts';
import { verifyData } from '../../../core/process/verify-data.ts';
import { feedFacts } from '../../../core/tracker/feeds.ts';
import { demoBook } from '../../../simulator/fleet/demo-book.ts';
import type { FleetPlan } from '../../../simulator/fleet/fleet-plan.ts';
import { FINANCE } from '../../support/money-run.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { EnduranceFleet, endurancePlan, type Replacement, type Said } from './endurance-fleet.ts';
import { closePeriods, decideByTwo } from './month-end.ts';
import { OdometerTruth } from './odometer-truth.ts';
import { entryOf, packetKey } from './packet-key.ts';
import { RunningProduct } from './running-product.ts';
import type { Crash } from './step.ts';
import { TrackerLink } from './tracker-link.ts';
import { worldDifference } from './world-view.ts';

const MINUTE_MS = 60_000;
/** Trackers come back, and send what was not acknowledged, this soon after the product started again. */
const BACK_AFTER_MS = 5_000;
/** Our clock may be behind a tracker's by less than rule M3 allows. */
const BEHIND_MS_MAX = 4 * MINUTE_MS;

interface PendingReplacement extends Replacement {
  readonly vehicle: number;
  /** When it was done: by the tracker's clock, or by ours where the tracker gives none. */
  readonly atMs: number;
}

/**
 * A fleet, the links between, and the product, on one clock. Whatever is done to it, `problem` says what of the promises
 * is broken.
 */
export class EnduranceRun {
  readonly fleet: EnduranceFleet;
  readonly plan: FleetPlan;
  readonly links: readonly TrackerLink[];
  readonly #folder: DataFolder;
  readonly #unit: 'mi' | 'km';
  readonly #product: RunningProduct;
  readonly #truth: OdometerTruth;
  readonly #acknowledgements = new Acknowledgements();
  #pending: readonly PendingReplacement[] = [];
  /** The product's clock less the world's. */
  #clockAheadMs = 0;
  #strangers = 0;

  /** In an empty folder. */
  constructor(seed: number, path: string) {
    usePlatformText();
    const folder = openDataFolder(path, 'driven', true);
    if (!folder.ok) throw new Error(folder.error);
    this.#folder = folder.value;
    this.#unit = seed % 3 === 0 ? 'km' : 'mi';
    this.plan = endurancePlan(seed);
    this.fleet = new EnduranceFleet(this.plan);
    this.links = this.plan.fleet.map(() => new TrackerLink());
    this.#truth = new OdometerTruth(this.plan, this.#unit);
    const chance = randomStream('endurance', seed, 'salts');
    const salts = (bytes: Uint8Array): void => {
      for (let i = 0; i < bytes.length; i += 1) bytes[i] = chance.below(256);
    };
    this.#product = new RunningProduct(folder.value, salts, (record) => {
      if (record.kind === 'packet' && !this.#truth.noteTaken(packetKey(record))) this.#strangers += 1;
    });
  }

  /** The book is loaded at the opening. */
  begin(): Promise<void> {
    const book = demoBook(this.plan);
    const contracts = book.contracts.map((contract) => ({ ...contract, unit: this.#unit }));
    return this.#product.begin(this.plan.openingMs, { ...book, contracts });
  }

  get packets(): number {
    return this.#acknowledgements.count;
  }

  get nowMs(): number {
    return this.fleet.atMs + this.#clockAheadMs;
  }

  /** What trackers said waits at their links; then all that gets through is delivered. */
  async deliver(said: readonly Said[], areOneBatch = true): Promise<void> {
    this.#truth.noteSaid(said);
    for (const packet of said) this.link(packet.vehicle).add([packet]);
    this.#product.setClock(this.nowMs);
    const outgoing = this.links.map((link) => link.outgoing());
    const batches = areOneBatch ? [outgoing.flat()] : outgoing;
    for (const packets of batches) await this.send(packets);
  }

  /** Sends packets under a tick, whether or not they were sent before. */
  async send(packets: readonly Said[]): Promise<void> {
    this.#product.setClock(this.nowMs);
    const entries = packets.map(entryOf);
    await this.#product.append([{ kind: 'tick' }, ...entries], (index, position) => {
      const [packet, entry] = [packets[index - 1], entries[index - 1]];
      if (packet === undefined || entry === undefined) return;
      this.#acknowledgements.note(position, packetKey(entry));
      this.link(packet.vehicle).acknowledged(packet);
    });
  }

  link(vehicle: number): TrackerLink {
    return must(this.links[vehicle], 'a link for every vehicle');
  }

  /** True for a tracker that gives no time: what it says is placed by when it comes. */
  isByReceipt(vehicle: number): boolean {
    return feedFacts(must(this.plan.fleet[vehicle], 'a vehicle').provider).isMeteredByReceipt;
  }

  stepClock(minutes: number): void {
    this.#clockAheadMs = Math.max(-BEHIND_MS_MAX, this.#clockAheadMs + minutes * MINUTE_MS);
  }

  /** A clock that is behind is put right. */
  catchClockUp(): void {
    this.#clockAheadMs = Math.max(0, this.#clockAheadMs);
  }

  replaceOdometer(vehicle: number, kilometres: number): void {
    // Of two replacements without a reading between, staff would take down one.
    if (!this.#truth.hasHeardOfNewest(vehicle)) return;
    const replacement = this.fleet.replaceOdometer(vehicle, kilometres);
    if (replacement === null) return;
    this.#truth.noteReplaced(vehicle, replacement);
    // What was said of this instant was still the old one's.
    const atMs = (this.isByReceipt(vehicle) ? this.#product.world.clockMs : this.fleet.atMs) + 1_000;
    this.#pending = [...this.#pending, { ...replacement, vehicle, atMs }];
  }

  /** Takes down what may be taken down now, a vehicle's one after another; the rest waits. Returns why the first does. */
  async decideReplacements(): Promise<string | null> {
    const waiting: PendingReplacement[] = [];
    let refused: string | null = null;
    for (const replacement of this.#pending) {
      const isBehind = waiting.some(({ vehicle }) => vehicle === replacement.vehicle);
      const problem = isBehind ? 'an earlier one waits' : await this.#decideReplacement(replacement);
      if (problem === null) this.#truth.noteDecided(replacement.vehicle, replacement);
      else waiting.push(replacement);
      refused ??= problem;
    }
    this.#pending = waiting;
    return refused;
  }

  #decideReplacement({ vehicle, atMs, closing, opening }: PendingReplacement): Promise<string | null> {
    const decision = {
      decision: 'open-epoch',
      vehicle: must(this.plan.fleet[vehicle], 'a vehicle').id,
      at: new Date(atMs).toISOString(),
      closing: closing.text,
      opening: opening.text,
      unit: closing.unit,
    };
    return decideByTwo(this.#product, decision, FINANCE);
  }

  async closePeriods(): Promise<void> {
    try {
      const problem = await closePeriods(this.#product);
      if (problem !== null) throw new Error(problem);
    } catch (error) {
      if (!this.#product.isDead) throw error;
    }
  }

  snapshot(): Promise<void> {
    return this.#product.snapshot();
  }

  /** Stopped properly, and started; what is known then is held against what was known before. */
  async restart(compared: 'quickly' | 'thoroughly'): Promise<void> {
    await this.#product.stop();
    await this.#product.start();
    this.#expectNothingForgotten(compared);
  }

  armCrash(crash: Crash): void {
    this.#product.armCrash(crash);
  }

  /** Dies, starts again, and hears at once what it had not acknowledged. */
  async killAndStart(crash: Crash): Promise<void> {
    await this.#product.kill(crash);
    await this.#product.start();
    this.#acknowledgements.lookAtAllAgain();
    this.#expectNothingForgotten('quickly');
    this.#clockAheadMs += BACK_AFTER_MS;
    await this.deliver([]);
  }

  async verify(): Promise<void> {
    const { differences } = await verifyData(this.#folder);
    const [first] = differences;
    if (first !== undefined) throw new Error(`milepost verify: ${first}`);
  }

  /** Which promise is broken, in words; null while all are kept. */
  problem(): string | null {
    const { world } = this.#product;
    return (
      this.#acknowledgements.problem(this.#folder.journal) ??
      (this.#strangers > 0 ? `${this.#strangers} packets in the journal were never sent` : null) ??
      world.ledger.fault ??
      bookFault(world) ??
      this.#billingProblem()
    );
  }

  async end(): Promise<void> {
    await this.#product.stop();
  }

  /** Every vehicle is on a contract of its own. */
  #billingProblem(): string | null {
    for (const [index, { provider, operator }] of this.plan.fleet.entries()) {
      const account = this.#product.world.contracts.find(({ contract }) => contract.operator === operator);
      const billed = billedTenths(must(account, 'a contract of its operator'));
      const driven = this.#truth.tenthsOf(index);
      if (billed !== driven) return `${operator} (${provider}): ${billed} tenths billed, ${driven} driven`;
    }
    return null;
  }

  #expectNothingForgotten(compared: 'quickly' | 'thoroughly'): void {
    const difference = worldDifference(this.#product.world, this.#product.shadow, compared);
    if (difference !== null) throw new Error(`after the start, ${difference}`);
  }
}
