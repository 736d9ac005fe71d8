import { type DistanceUnit, MICROMETRES_PER_METRE, MICROMETRES_PER_MILE } from '../base/distance.ts';
import { decimalTextOf, type JsonField } from './json-fields.ts';
import type { ReadingDraft } from './reading.ts';
import { type Findings, isNoValue, numberFrom, odometerFromText, RANGE_KM, shown } from './vendor-fields.ts';

/** How the feeds that name their unit beside the value spell it. */
const UNIT_BY_LABEL: ReadonlyMap<string, 'mi' | 'km'> = new Map([
  ['km', 'km'],
  ['kilometer', 'km'],
  ['kilometers', 'km'],
  ['kilometre', 'km'],
  ['kilometres', 'km'],
  ['mi', 'mi'],
  ['mile', 'mi'],
  ['miles', 'mi'],
]);

/** The unit a label names; undefined where there is no label. A label nobody knows is refused, not guessed at. */
function unitOf(findings: Findings, label: unknown): 'mi' | 'km' | undefined {
  if (isNoValue(label)) return undefined;
  const unit = typeof label === 'string' ? UNIT_BY_LABEL.get(label.trim().toLowerCase()) : undefined;
  if (unit === undefined)
    findings.refuse('unexpected-shape', `${shown(label)} is no unit of distance we know`);
  return unit;
}

/**
 * The dashboard's odometer, in the unit its label names, or else in `knownUnit`. Without either it is no distance: the
 * text is kept as evidence, and its size says nothing about its unit (rule M1).
 */
export function takeLabelledOdometer(
  findings: Findings,
  reading: ReadingDraft,
  field: JsonField,
  label: unknown,
  knownUnit: DistanceUnit | undefined,
): void {
  const rawText = decimalTextOf(findings, 'odometer', field);
  if (rawText === undefined) return;
  const unit = unitOf(findings, label) ?? knownUnit;
  // Kilometres only to have the text checked; what is kept has no unit.
  const odometer = odometerFromText(findings, rawText, unit ?? 'km', 'vehicle');
  if (odometer === undefined) return;
  if (unit === undefined) reading.unlabelledOdometer = { rawText, origin: 'vehicle' };
  else reading.odometer = odometer;
}

/** A remaining range, to the metre; without a unit it is none. */
export function takeLabelledRange(
  findings: Findings,
  reading: ReadingDraft,
  value: unknown,
  label: unknown,
): void {
  const distance = numberFrom(findings, value, RANGE_KM);
  if (distance === undefined) return;
  const unit = unitOf(findings, label);
  if (unit !== undefined) reading.rangeMetres = Math.round(distance * METRES_PER_UNIT[unit]);
}

const METRES_PER_UNIT = { km: 1_000, mi: MICROMETRES_PER_MILE / MICROMETRES_PER_METRE } as const;
