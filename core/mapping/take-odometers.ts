import type { DistanceUnit } from '../base/distance.ts';
import type { OdometerReading, Reading, ReadingDraft } from '../tracker/reading.ts';
import { withOdometers } from '../tracker/split-odometers.ts';
import { type Findings, isNoValue, odometerFromText, shown } from '../tracker/vendor-fields.ts';
import type { OdometerRules } from './mapping.ts';
import { exactFieldIn, type PacketRecord, textOf, valueAt } from './packet-record.ts';

/**
 * Takes a record's odometers: the first into its reading, those of other origins as readings of their own. Of several
 * rules for one origin the first that finds a value counts.
 */
export function takeOdometers(
  findings: Findings,
  main: ReadingDraft,
  rules: readonly OdometerRules[],
  within: PacketRecord,
): readonly Reading[] {
  if (rules.length === 0) return [main];
  const odometers: OdometerReading[] = [];
  for (const rule of rules) {
    if (odometers.some(({ origin }) => origin === rule.origin)) continue;
    const odometer = odometerOf(findings, main, rule, within);
    if (odometer !== null) odometers.push(odometer);
  }
  return withOdometers(main, odometers);
}

/** Null for none, and for one without a unit, which the reading keeps as evidence. */
function odometerOf(
  findings: Findings,
  main: ReadingDraft,
  rule: OdometerRules,
  within: PacketRecord,
): OdometerReading | null {
  const rawText = exactFieldIn(findings, rule, within);
  if (rawText === undefined) return null;
  if (typeof rawText !== 'string') {
    findings.refuse('unexpected-shape', `odometer is ${shown(rawText)}, not a number`);
    return null;
  }
  const unit = unitOf(findings, rule, within);
  // Kilometres only to have the text checked; what is kept then has no unit.
  const odometer = odometerFromText(findings, rawText, unit ?? 'km', rule.origin);
  if (odometer === undefined || unit !== null) return odometer ?? null;
  main.unlabelledOdometer ??= { rawText, origin: rule.origin };
  return null;
}

/** Null when the packet should say the unit and does not. */
function unitOf(findings: Findings, { unit }: OdometerRules, within: PacketRecord): DistanceUnit | null {
  if (typeof unit === 'string') return unit;
  const said = valueAt(findings, "odometer's unit", unit.at, within);
  if (isNoValue(said)) return null;
  const known = unit.unitByName.get(textOf(said) ?? '');
  if (known === undefined)
    findings.refuse('unexpected-shape', `${shown(said)} is no unit of distance the mapping knows`);
  return known ?? null;
}
