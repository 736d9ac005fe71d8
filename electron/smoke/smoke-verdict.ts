import { type Counts, sumOf } from '../../core/protocol/report.ts';

/** What the window showed at the moment it was asked. */
export interface WindowSeen {
  readonly drawn: number;
  readonly moving: number;
  /** Today's, as the status bar says. */
  readonly miles: number;
  readonly pence: number;
  /** Position frames since the page was loaded. */
  readonly frames: number;
}

/** What the smoke run writes down: the counts of `milepost serve --report`, and what reached the screen. */
export interface SmokeReport extends Counts {
  readonly window: WindowSeen;
  /** From the window being shown to the first vehicle drawn, and to the last; null when none was. */
  readonly secondsToFirstVehicle: number | null;
  readonly secondsToLastVehicle: number | null;
}

/** What is wrong, a sentence for each stage that carried nothing and for each count that does not close. */
export function findSmokeFaults(report: SmokeReport): string[] {
  const stages: Readonly<Record<string, number>> = {
    'broker: packets received': report.packets.received,
    'decoders: packets decoded': report.packets.decoded,
    'broker: packets acknowledged': report.packets.acknowledged,
    'journal: records': report.journal.records,
    'meter: readings accepted': report.readings.accepted,
    'meter: tenths of a mile': report.tenths,
    'price: pence': report.pence,
    'window: position frames': report.window.frames,
    'window: vehicles drawn': report.window.drawn,
    'window: vehicles moving': report.window.moving,
    'window: miles': report.window.miles,
    'window: pence': report.window.pence,
  };
  const empty = Object.entries(stages).filter(([, carried]) => carried <= 0);
  return [...empty.map(([stage]) => `${stage}: nothing came through`), ...findOpenCounts(report)];
}

function findOpenCounts({ packets, readings }: Counts): string[] {
  const faults: string[] = [];
  const packetsSum = packets.decoded + sumOf(packets.refused) + packets.duplicate;
  if (packets.received !== packetsSum) {
    faults.push(`packets do not close: ${packets.received} received, ${packetsSum} accounted for`);
  }
  const readingsSum =
    readings.accepted +
    readings.superseded +
    readings.jitter +
    readings.repeat +
    sumOf(readings.quarantined) +
    readings.unclaimed;
  if (readings.decoded !== readingsSum) {
    faults.push(`readings do not close: ${readings.decoded} decoded, ${readingsSum} accounted for`);
  }
  return faults;
}
