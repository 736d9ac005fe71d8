import fc from 'fast-check';
import { accountNamed } from '../../core/fold/account-named.ts';
import { describeQuarantine } from '../../core/fold/describe-quarantine.ts';
import { periodExceptions } from '../../core/fold/period-exceptions.ts';
import { newWorld } from '../../core/fold/world.ts';
import { periodOf } from '../../core/billing/contract-account.ts';
import type { ReadingArchive } from '../../core/metering/reading-archive.ts';
import type { Book } from '../../core/protocol/book.ts';
import { aBook, BOOK_START_MS, TELTONIKA, TESLA } from './a-book.ts';
import { teltonika, teslaOdometer } from './fold-packets.ts';
import { decide, issue, type MoneyRun, SIGNED, tick, write } from './folded-money.ts';

/** Months of a small fleet in which all that can happen to readings happens: late, twice, wrong, moved, decided. */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
export const MONTHS_DAYS = 100;
const STRANGER = '356000000000027';
const VEHICLES = ['V-TELTONIKA', 'V-SECOND', 'V-TESLA', 'V-BARE'] as const;
const BY_TIME = { 'V-TELTONIKA': TELTONIKA.device, 'V-SECOND': '356000000000035', STRANGER } as const;
type Sender = keyof typeof BY_TIME;

const sender = fc.constantFrom<Sender>('V-TELTONIKA', 'V-SECOND', 'STRANGER');
const daysAgo = fc.nat(40);

/** What happens besides driving; times are counted back from when it happens. */
const event = fc.oneof(
  fc.record({
    kind: fc.constant('late' as const),
    sender,
    daysAgo,
    readings: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({ kind: fc.constant('again' as const), sender, daysAgo }),
  fc.record({
    kind: fc.constant('fault' as const),
    sender,
    daysAgo,
    metres: fc.constantFrom(-5_000, -500, 9_000_000, 3_000, 700_000),
  }),
  fc.record({ kind: fc.constant('epoch' as const), sender, daysAgo }),
  fc.record({ kind: fc.constant('accept' as const), vehicle: fc.constantFrom(...VEHICLES) }),
  fc.record({ kind: fc.constant('reject' as const), sender, daysAgo }),
  fc.record({
    kind: fc.constant('claim' as const),
    sender,
    vehicle: fc.constantFrom(...VEHICLES),
    daysAgo,
  }),
  fc.record({ kind: fc.constant('release' as const), sender, daysAgo }),
  fc.record({
    kind: fc.constant('extend' as const),
    vehicle: fc.constantFrom(...VEHICLES),
    daysAgo,
    zone: fc.constantFrom('America/New_York', 'Europe/Paris'),
  }),
  fc.record({ kind: fc.constant('amend' as const), daysAgo: fc.constantFrom(0, 20) }),
  fc.record({ kind: fc.constant('issue' as const), period: fc.nat(2) }),
);
export type LifeEvent = typeof event extends fc.Arbitrary<infer T> ? T : never;

export const life = fc.record({
  events: fc.array(fc.record({ day: fc.nat(MONTHS_DAYS - 1), event }), { minLength: 4, maxLength: 20 }),
  seed: fc.nat(1_000),
});
export type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

interface Sent {
  readonly sender: Sender;
  readonly atMs: number;
  readonly metres: number;
  readonly position: number;
}

interface Living {
  readonly run: MoneyRun;
  readonly sent: Sent[];
  readonly seed: number;
  /** What was refused, and what was issued: the same, however much is in memory. */
  readonly answers: unknown[];
}

/** Lives these months in a world with this archive; gives the run and what was answered on the way. */
export function liveMonths({ events, seed }: Life, archive: ReadingArchive | null): Living {
  const living: Living = { run: { world: newWorld(archive), records: [] }, sent: [], seed, answers: [] };
  write(living.run, BOOK_START_MS, {
    kind: 'decision',
    decision: { decision: 'load-book', ...SIGNED, book: book() },
  });
  for (let day = 0; day < MONTHS_DAYS; day += 1) {
    driveDay(living, BOOK_START_MS + day * DAY_MS);
    for (const { event, day: onDay } of events) if (onDay === day) happen(living, event, dayEndMs(day));
  }
  return living;
}

function dayEndMs(day: number): number {
  return BOOK_START_MS + day * DAY_MS + 23.5 * HOUR_MS;
}

/** Four vehicles' worth of trackers; V-BARE has none and is in no contract. */
function book(): Book {
  const second = { ...TELTONIKA, id: 'V-SECOND', device: BY_TIME['V-SECOND'], opening: '20000' };
  const whole = aBook([TELTONIKA, second, TESLA, { ...second, id: 'V-BARE', device: 'none' }]);
  const [contract] = whole.contracts;
  if (contract === undefined) throw new Error('the book has a contract');
  // One leaves at noon, where no day begins.
  const assignments = contract.assignments
    .filter(({ vehicle }) => vehicle !== 'V-BARE')
    .map((assignment) =>
      assignment.vehicle === 'V-SECOND' ? { ...assignment, to: '2026-05-11T11:00:00Z' } : assignment,
    );
  return {
    ...whole,
    trackers: whole.trackers.filter(({ vehicle }) => vehicle !== 'V-BARE'),
    contracts: [{ ...contract, assignments }],
  };
}

/** The true odometer of a sender, metres: it stands at night, and drives by day at a pace of its own. */
function metresAt({ seed }: Living, sender: Sender, atMs: number): number {
  const hours = (atMs - BOOK_START_MS) / HOUR_MS;
  const driven = Math.floor(hours / 24) * 10 + Math.min(10, Math.max(0, (hours % 24) - 7));
  return 20_000_000 + Math.round(driven * (9_000 + ((seed + sender.length * 37) % 13) * 1_000));
}

function driveDay(living: Living, startMs: number): void {
  for (let hour = 1; hour < 24; hour += 3) {
    const atMs = startMs + hour * HOUR_MS;
    for (const sender of Object.keys(BY_TIME) as Sender[]) {
      // A few days nobody hears it.
      if (Math.floor((startMs / DAY_MS + sender.length + living.seed) % 11) === 0) continue;
      send(living, sender, atMs, metresAt(living, sender, atMs), atMs + 40_000);
    }
    const miles = 1_000 + (metresAt(living, 'V-SECOND', atMs) - 20_000_000) / 1_609.344;
    packet(living, atMs + 50_000, teslaOdometer(TESLA.device, miles.toFixed(2)));
  }
}

function send(living: Living, sender: Sender, atMs: number, metres: number, receivedAtMs: number): void {
  living.sent.push({ sender, atMs, metres, position: living.run.records.length });
  packet(living, receivedAtMs, teltonika(BY_TIME[sender], atMs, metres, { latlng: undefined }));
}

function packet({ run }: Living, atMs: number, { topic, payload }: ReturnType<typeof teltonika>): void {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const receivedAtMs = Math.max(atMs, run.world.clockMs);
  write(run, receivedAtMs, {
    kind: 'packet',
    topic: topic ?? '',
    clientId: 'test',
    payload: bytes,
    omittedBytes: 0,
  });
}

function happen(living: Living, event: LifeEvent, nowMs: number): void {
  const { run } = living;
  if (nowMs > run.world.clockMs) tick(run, nowMs);
  const thenMs =
    'daysAgo' in event ? Math.max(BOOK_START_MS, nowMs - event.daysAgo * DAY_MS - 6.3 * HOUR_MS) : nowMs;
  const then = new Date(thenMs).toISOString();
  switch (event.kind) {
    case 'late':
      for (let i = 0; i < event.readings; i += 1) {
        const atMs = Math.min(thenMs + i * 17 * 60_000, nowMs);
        send(living, event.sender, atMs, metresAt(living, event.sender, atMs), nowMs);
      }
      return;
    case 'again': {
      const last = sentBefore(living, event.sender, thenMs);
      if (last !== undefined) send(living, last.sender, last.atMs, last.metres, nowMs);
      return;
    }
    case 'fault':
      return send(
        living,
        event.sender,
        thenMs,
        Math.max(0, metresAt(living, event.sender, thenMs) + event.metres),
        nowMs,
      );
    case 'issue':
      return issueNow(living, event.period, nowMs);
    default:
      living.answers.push(decide(run, nowMs, decisionOf(living, event, thenMs, then)));
  }
}

type Decided = Exclude<LifeEvent, { kind: 'late' | 'again' | 'fault' | 'issue' }>;

function decisionOf(
  living: Living,
  event: Decided,
  thenMs: number,
  then: string,
): Parameters<typeof decide>[2] {
  const provider = 'teltonika-mqtt-json';
  switch (event.kind) {
    case 'epoch': {
      const closing = String(metresAt(living, event.sender, thenMs) / 1_000 + 1);
      return {
        decision: 'open-epoch',
        vehicle: vehicleOf(event.sender),
        at: then,
        closing,
        opening: closing,
        unit: 'km',
      };
    }
    case 'accept': {
      const [first] = describeQuarantine(living.run.world, event.vehicle, 1)?.readings ?? [];
      const { position = 0, atMs = 0, micrometres = 0 } = first ?? {};
      return { decision: 'accept-reading', vehicle: event.vehicle, position, atMs, micrometres };
    }
    case 'reject': {
      const { position = 0, atMs = 0, metres = 0 } = sentBefore(living, event.sender, thenMs) ?? {};
      const micrometres = metres * 1_000_000;
      return { decision: 'reject-reading', vehicle: vehicleOf(event.sender), position, atMs, micrometres };
    }
    case 'claim': {
      const device = BY_TIME[event.sender];
      return {
        decision: 'claim-device',
        provider,
        device,
        vehicle: event.vehicle,
        origin: 'tracker',
        from: then,
        group: 'g',
      };
    }
    case 'release':
      return { decision: 'release-device', provider, device: BY_TIME[event.sender], at: then };
    case 'extend':
      return extension(living, event.vehicle, event.zone, then);
    case 'amend':
      return {
        decision: 'amend-contract',
        contract: 'C1',
        amendment: { from: then.slice(0, 10), terms: { tiers: [{ upTo: null, rate: '31.5' }] } },
      };
  }
}

function vehicleOf(sender: Sender): string {
  return sender === 'STRANGER' ? 'V-BARE' : sender;
}

function sentBefore({ sent }: Living, sender: Sender, ms: number): Sent | undefined {
  return sent.findLast((each) => each.sender === sender && each.atMs <= ms);
}

/** One more contract, in another time zone, from the middle of a day that is over. */
function extension(
  living: Living,
  vehicle: string,
  timezone: string,
  then: string,
): Parameters<typeof decide>[2] {
  const [contract] = book().contracts;
  if (contract === undefined) throw new Error('the book has a contract');
  const id = `C${living.run.world.contracts.length + 1}`;
  const start = then.slice(0, 10);
  const more = {
    ...contract,
    id,
    timezone,
    unit: 'km' as const,
    anchor: start,
    start,
    assignments: [{ vehicle, from: then }],
  };
  return {
    decision: 'extend-book',
    operators: [],
    vehicles: [],
    trackers: [],
    contracts: [more],
    openings: [],
  };
}

/** Waives what may be waived and issues what is due. */
function issueNow(living: Living, period: number, nowMs: number): void {
  const { run, answers } = living;
  const account = accountNamed(run.world, 'C1');
  const found = periodExceptions(run.world, account, periodOf(account, period));
  answers.push(found);
  for (const { exception, waived } of found)
    if (waived === null)
      decide(run, nowMs, { decision: 'waive-exception', contract: 'C1', period, exception });
  answers.push(issue(run, nowMs, 'C1', period));
}
