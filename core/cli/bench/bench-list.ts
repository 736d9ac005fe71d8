/** How far from its floor a figure may be; or how much it may be, where that counts more than what is possible here. */
export type Aim = { readonly is: 'at most' | 'at least' } & (
  | { readonly timesFloor: number }
  | { readonly figure: number }
);

/** One bench: what it measures, beside what, in which unit, and what we aim at. */
export interface BenchDescription {
  readonly name: BenchName;
  readonly measures: string;
  /** The least that work of this kind costs: measured in the same run, in turns with the product. */
  readonly floor: string;
  readonly unit: string;
  /** Null while nobody has said what is enough: the figures are noted. */
  readonly aim: Aim | null;
}

export const benchNames = [
  'decode',
  'ingest-pipelined',
  'ingest-5000',
  'tls-pipelined',
  'tls-2000',
  'connection-memory',
  'connection-memory-tls',
  'bad-clients',
  'flood',
  'load-generator',
  'simulate-day',
  'journal',
  'feed',
  'replay',
  'month-close',
  'accrual',
  'billing-memory',
  'endurance',
] as const;
export type BenchName = (typeof benchNames)[number];

const SOCKETS = 'raw sockets, PUBLISH scanned by hand, append + fdatasync, JSON.parse, state';

export const benchList: readonly BenchDescription[] = [
  {
    name: 'decode',
    measures: 'processor time to decode a packet and move its vehicle on the map, the worst of all feeds',
    floor: 'JSON.parse of the same bytes with their UTF-8 read, or for other formats a walk over the bytes',
    unit: 'µs a packet',
    aim: { is: 'at most', timesFloor: 2 },
  },
  {
    name: 'ingest-pipelined',
    measures: 'processor time a packet of milepost serve, 100 pipelined clients, QoS 1',
    floor: SOCKETS,
    unit: 'µs a packet',
    aim: { is: 'at most', timesFloor: 5 },
  },
  {
    name: 'ingest-5000',
    measures: 'processor time a packet of milepost serve, 5,000 clients, QoS 1',
    floor: SOCKETS,
    unit: 'µs a packet',
    aim: { is: 'at most', timesFloor: 2.5 },
  },
  {
    name: 'tls-pipelined',
    measures: 'processor time a packet of milepost serve over TLS 1.3, 100 pipelined clients, QoS 1',
    floor: 'the same without TLS',
    unit: 'µs a packet',
    aim: { is: 'at most', timesFloor: 1.8 },
  },
  {
    name: 'tls-2000',
    measures: 'processor time a packet of milepost serve over TLS 1.3, 2,000 clients, QoS 1',
    floor: 'the same without TLS',
    unit: 'µs a packet',
    aim: { is: 'at most', timesFloor: 1.8 },
  },
  {
    name: 'connection-memory',
    measures: 'resident memory of milepost serve for an idle connection',
    floor: 'a bare socket server',
    unit: 'KB a connection',
    aim: { is: 'at most', figure: 40 },
  },
  {
    name: 'connection-memory-tls',
    measures: 'resident memory of milepost serve for an idle connection over TLS 1.3',
    floor: 'a bare TLS server',
    unit: 'KB a connection',
    aim: { is: 'at most', figure: 60 },
  },
  {
    name: 'bad-clients',
    measures:
      'p99 from due to PUBACK of 5,000 paced clients beside one that stalls, floods or talks nonsense, the worst',
    floor: 'the same clients undisturbed',
    unit: 'ms',
    aim: { is: 'at most', timesFloor: 1.5 },
  },
  {
    name: 'flood',
    measures: 'from kill -9 under 10,000 packets a second to ready again, nothing acknowledged lost',
    floor: 'reading the journal with its checksums, applying nothing',
    unit: 's',
    aim: { is: 'at most', figure: 3 },
  },
  {
    name: 'load-generator',
    measures: 'processor time a packet of fleet-sim load, 500 trackers, 3,000 packets a second',
    floor: 'what milepost serve spends on the same packets',
    unit: 'µs a packet',
    aim: { is: 'at most', timesFloor: 0.5 },
  },
  {
    name: 'simulate-day',
    measures: 'processor time a vehicle-second of fleet-sim generate, a day of 500 vehicles into a trace',
    floor: 'the same day of 50 vehicles',
    unit: 'µs a vehicle-second',
    aim: { is: 'at most', timesFloor: 1.3 },
  },
  {
    name: 'journal',
    measures: 'journal records a second, 200-byte payloads, batches of 1,000',
    floor: 'append + fdatasync of the same payloads in the same batches',
    unit: 'records/s',
    aim: { is: 'at least', timesFloor: 0.7 },
  },
  {
    name: 'feed',
    measures: 'a frame of 100,000 positions, core process to window and back',
    floor: 'the same bytes as one ArrayBuffer over the same port',
    unit: 'ms a frame',
    aim: { is: 'at most', timesFloor: 1.5 },
  },
  {
    name: 'replay',
    measures: 'records a second at start, from the journal alone',
    floor: 'reading the same journal with its checksums, applying nothing',
    unit: 'records/s',
    aim: { is: 'at least', timesFloor: 0.25 },
  },
  {
    name: 'month-close',
    measures: 'processor time to compose and post the documents of a month, 100,000 vehicles',
    floor: 'SQLite in memory, a month of vehicle days summed by operator',
    unit: 'µs a vehicle',
    aim: { is: 'at most', timesFloor: 20 },
  },
  {
    name: 'accrual',
    measures: 'processor time to decode, fold and price a packet of a vehicle on a contract',
    floor: 'the same packets, their vehicles on no contract',
    unit: 'µs a packet',
    aim: { is: 'at most', timesFloor: 1.5 },
  },
  {
    name: 'billing-memory',
    measures: 'memory of a vehicle after 30 days of 24 readings, 20,000 vehicles',
    floor: 'the columns of its readings alone',
    unit: 'KB a vehicle',
    aim: null,
  },
  {
    name: 'endurance',
    measures: 'simulated days of a vehicle a second of processor time, fleet and product in one process',
    floor: 'the fleet alone: the same vehicles and packets, nobody listening',
    unit: 'vehicle-days/s',
    aim: null,
  },
];

export function isBenchName(text: string): text is BenchName {
  return (benchNames as readonly string[]).includes(text);
}

/** The aim in words: `at most 2x`, `at most 40 KB a connection`. */
export function describeAim({ aim, unit }: Pick<BenchDescription, 'aim' | 'unit'>): string {
  if (aim === null) return 'none yet';
  return 'figure' in aim ? `${aim.is} ${aim.figure} ${unit}` : `${aim.is} ${aim.timesFloor}x`;
}
