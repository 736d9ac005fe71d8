import { type BoxReason, boxTracker } from './box-tracker.ts';
import { microDegreesFixed } from './micro-degrees.ts';
import { decimalText, type OdometerText } from './odometer-text.ts';
import type { ReportingPace, Tracker, TrackerPublish, TrackerSignal, TrackerView } from './tracker.ts';
import { compactTime } from './wire-time.ts';

/** A GV300, whose reports end with mileage, hour meter, battery and status. */
const PROTOCOL = '060502';
const CELL = '0234,0015,0A1B,00C2D3';
const COUNTS = 0x1_0000;
const SIGNAL_REPORTS: Readonly<Record<TrackerSignal, string>> = {
  crash: 'GTCRA',
  tow: 'GTTOW',
  unplugged: 'GTMPF',
  jamming: 'GTJDR',
};

/** A Queclink box that speaks ASCII to a port: reports with the time of the fix and of sending, and a count. */
export function queclinkTracker(imei: string, pace: ReportingPace): Tracker {
  let count = 0;
  let onMs = 0;
  let ignitionSinceMs: number | null = null;
  let before: TrackerView | null = null;
  const { report } = boxTracker(imei, pace, (view, reason) => {
    if (before?.isOn === true) onMs += view.atMs - before.atMs;
    const stateSeconds = Math.floor((view.atMs - (ignitionSinceMs ?? view.atMs)) / 1_000);
    if (ignitionSinceMs === null || reason === 'ignition') ignitionSinceMs = view.atMs;
    before = view;
    count = (count + 1) % COUNTS;
    return publishOf(imei, view, queclinkReport(imei, view, { reason, count, onMs, stateSeconds }));
  });
  return { report, asLate: fromMemory };
}

/** The mileage as the box keeps it: kilometres, cut at the first decimal. */
export function queclinkOdometer(odometerMm: number): OdometerText {
  return { text: tenthsText(odometerMm / 100_000), unit: 'km' };
}

/** What the box knows beside the view. */
export interface QueclinkMemory {
  readonly reason: BoxReason;
  readonly count: number;
  /** How long the ignition was on so far. */
  readonly onMs: number;
  /** How long the ignition was in its former state. */
  readonly stateSeconds: number;
}

/** One report, from `+RESP` to `$`. */
export function queclinkReport(imei: string, view: TrackerView, memory: QueclinkMemory): string {
  const [name, fields] = reportFields(view, memory);
  const end = `${compactTime(view.clockMs)},${memory.count.toString(16).toUpperCase().padStart(4, '0')}`;
  return `+RESP:${name},${PROTOCOL},${imei},,${fields},${end}$`;
}

function publishOf(imei: string, view: TrackerView, payload: string): TrackerPublish {
  const hasMileage = /:GT(?:FRI|IGN|IGF|TOW),/.test(payload);
  return {
    client: imei,
    transport: 'tcp',
    topic: 'queclink',
    payload,
    odometer: hasMileage ? queclinkOdometer(view.odometerMm) : null,
  };
}

/** A report the box kept has a header of its own. */
function fromMemory(publish: TrackerPublish): TrackerPublish {
  return { ...publish, payload: String(publish.payload).replace(/^\+RESP:/, '+BUFF:') };
}

function reportFields(view: TrackerView, { reason, onMs, stateSeconds }: QueclinkMemory): [string, string] {
  const mileage = queclinkOdometer(view.odometerMm).text;
  const place = positionBlock(view);
  if (reason === 'ignition')
    return [view.isOn ? 'GTIGN' : 'GTIGF', `${stateSeconds},${place},${hourMeter(onMs)},${mileage}`];
  const { signal } = view;
  if (reason === 'signal' && signal !== null && signal !== 'tow') return [SIGNAL_REPORTS[signal], place];
  const supply = view.isOn ? 14_100 : 12_650;
  const status =
    signal === 'tow' ? '160000' : `${view.isOn ? '2' : '1'}${view.speedMmPerS > 0 ? '2' : '1'}0000`;
  const name = reason === 'signal' ? SIGNAL_REPORTS.tow : 'GTFRI';
  return [name, `${supply},10,1,${place},${mileage},${hourMeter(onMs)},,,80,${status},,,`];
}

/** Accuracy, speed, azimuth, altitude, longitude before latitude, time of the fix, cell, and a reserved field. */
function positionBlock(view: TrackerView): string {
  const speed = view.hasFix ? tenthsText((view.speedMmPerS * 36) / 1_000, true) : '0.0';
  const place = `${microDegreesFixed(view.longitudeE6)},${microDegreesFixed(view.latitudeE6)}`;
  const fix = compactTime(view.fixMs);
  return `${view.hasFix ? 1 : 0},${speed},${view.headingDegrees},20.0,${place},${fix},${CELL},00`;
}

/** Tenths as text with one decimal. */
function tenthsText(tenths: number, isRounded = false): string {
  const whole = isRounded ? Math.round(tenths) : Math.floor(tenths);
  const text = decimalText(whole, 1);
  return text.includes('.') ? text : `${text}.0`;
}

function hourMeter(onMs: number): string {
  const seconds = Math.floor(onMs / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = String(Math.floor(seconds / 3_600)).padStart(5, '0');
  return `${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
