import { addDays, type LocalDay, startOfDayMs } from '../../base/calendar.ts';
import { must } from '../../base/assert.ts';
import { pricePence } from '../../base/money.ts';
import type { ContractAccount } from '../../billing/account-shapes.ts';
import { firstRateOn } from '../../billing/contract-account.ts';
import { tenthsOn } from '../../fold/vehicle-days.ts';
import type { VehicleState, World } from '../../fold/world.ts';
import type { DecisionRecord, JournalRecord } from '../../protocol/journal-record.ts';
import type { OutboundEvent, OutboundEventKind } from '../../protocol/outbound.ts';
import { instantOf } from './vehicle-state.ts';

/** Where an event comes from: what makes its id the same whenever it is told. */
interface Origin {
  readonly position: number;
  readonly number: number;
  readonly atMs: number;
}

interface ClosedDay {
  readonly account: ContractAccount;
  readonly contract: number;
  readonly day: LocalDay;
  readonly fromMs: number;
  readonly toMs: number;
  readonly record: JournalRecord;
}

/**
 * Reads events off the world as it moves, from the moment it is made on. It only looks: the fold knows nothing of it, and
 * while nobody subscribes there is none. Every event is read off once.
 */
export class EventWatch {
  readonly #world: World;
  readonly #isSimulated: boolean;
  /** By contract. */
  #openDays: LocalDay[];
  #nextDeadlineMs: number;
  #doorVersion: number;
  #seenUpTo: number;

  constructor(world: World, isSimulated: boolean) {
    this.#world = world;
    this.#isSimulated = isSimulated;
    this.#openDays = world.contracts.map(({ openDay }) => openDay);
    this.#nextDeadlineMs = world.nextDeadlineMs;
    this.#doorVersion = world.door.version;
    this.#seenUpTo = world.nextPosition;
  }

  /** What a batch of records, folded just now, came to. `isHeard` is asked before the work of each kind is done. */
  *committed(
    records: readonly JournalRecord[],
    isHeard: (kind: OutboundEventKind) => boolean,
  ): Generator<OutboundEvent> {
    const { door, nextDeadlineMs } = this.#world;
    if (door.version !== this.#doorVersion) {
      this.#doorVersion = door.version;
      for (const record of records) if (record.kind === 'decision') yield* this.#decided(record);
    }
    if (nextDeadlineMs === this.#nextDeadlineMs) return;
    this.#nextDeadlineMs = nextDeadlineMs;
    const closed = this.#closedDays(records);
    yield* this.#vehicleDays(closed, () => isHeard('vehicle-day-closed'));
  }

  /** The situations seen for the first time since the last call. */
  *situations(): Generator<OutboundEvent> {
    const { situations, nextPosition } = this.#world;
    let number = 0;
    for (const { situation, subject, detail, firstPosition, firstAtMs } of situations.values()) {
      if (firstPosition < this.#seenUpTo) continue;
      const origin = { position: firstPosition, number, atMs: firstAtMs };
      number += 1;
      yield { ...this.#event('situation-noted', origin), situation, subject, detail };
    }
    this.#seenUpTo = nextPosition;
  }

  #event<K extends OutboundEventKind>(
    kind: K,
    { position, number, atMs }: Origin,
  ): { id: string; event: K; at: string; isSimulated: boolean } {
    return {
      id: `${position}.${kind}.${number}`,
      event: kind,
      at: instantOf(atMs),
      isSimulated: this.#isSimulated,
    };
  }

  *#decided({ decision, position, receivedAtMs }: DecisionRecord): Generator<OutboundEvent> {
    const origin = { position, number: 0, atMs: receivedAtMs };
    switch (decision.decision) {
      case 'claim-device': {
        const { provider, device, vehicle, origin: odometer, from } = decision;
        yield { ...this.#event('device-claimed', origin), provider, device, vehicle, origin: odometer, from };
        return;
      }
      case 'release-device': {
        const { provider, device, at } = decision;
        yield { ...this.#event('device-released', origin), provider, device, from: at };
        return;
      }
      case 'revoke-credential': {
        const { credential } = decision;
        const username = this.#world.door.credentials.get(credential)?.credential.username ?? '';
        yield { ...this.#event('credential-revoked', origin), credential, username };
        return;
      }
      default:
    }
  }

  #closedDays(records: readonly JournalRecord[]): ClosedDay[] {
    const closed = this.#world.contracts.flatMap((account, contract) =>
      [...daysBetween(this.#openDays[contract] ?? account.contract.start, account.openDay)].map((day) => {
        const { timezone } = account.contract;
        const fromMs = startOfDayMs(day, timezone);
        const toMs = startOfDayMs(addDays(day, 1), timezone);
        const closing = records.find(({ receivedAtMs }) => receivedAtMs >= toMs);
        const record = must(closing, 'a day is closed by a record past its end');
        return { account, contract, day, fromMs, toMs, record };
      }),
    );
    this.#openDays = this.#world.contracts.map(({ openDay }) => openDay);
    return closed;
  }

  /** Whoever hears them may be cut in the middle: a year can close at once when a driven clock leaps. */
  *#vehicleDays(closed: readonly ClosedDay[], areHeard: () => boolean): Generator<OutboundEvent> {
    let number = 0;
    for (const vehicle of this.#world.vehicles) {
      if (closed.length === 0 || !areHeard()) return;
      for (const day of closed) {
        if (!wasAssigned(vehicle, day)) continue;
        yield this.#vehicleDay(vehicle, day, number);
        number += 1;
      }
    }
  }

  #vehicleDay(
    vehicle: VehicleState,
    { account, contract, day, record }: ClosedDay,
    number: number,
  ): OutboundEvent {
    const tenths = tenthsOn(vehicle.days, contract, day);
    const origin = { position: record.position, number, atMs: record.receivedAtMs };
    return {
      ...this.#event('vehicle-day-closed', origin),
      vehicle: vehicle.vehicle,
      registration: vehicle.registration,
      contract: account.contract.id,
      day,
      tenths,
      unit: account.contract.unit,
      pence: pricePence(tenths, firstRateOn(account, day).value),
      isProvisional: true,
    };
  }
}

function* daysBetween(firstDay: LocalDay, endDay: LocalDay): Generator<LocalDay> {
  for (let day = firstDay; day < endDay; day = addDays(day, 1)) yield day;
}

function wasAssigned({ assignments }: VehicleState, { contract, fromMs, toMs }: ClosedDay): boolean {
  return assignments.some(
    (assignment) => assignment.contract === contract && assignment.fromMs < toMs && assignment.toMs > fromMs,
  );
}
