import type { DistanceUnit } from '../../base/distance.ts';
import type { JsonPath } from '../../base/json-number-text.ts';
import { takePlace } from '../json-fields.ts';
import { takeLabelledOdometer, takeLabelledRange } from '../labelled-distance.ts';
import type { ReadingDraft } from '../reading.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isNoValue,
  type NumberRange,
  numberFrom,
  shown,
  SPEED_KMH,
  type VendorFields,
} from '../vendor-fields.ts';

/** Where descriptors come from. */
export interface BmwSource {
  readonly json: string;
  /** Where in the JSON a descriptor's value stands. */
  readonly pathOf: (name: string) => JsonPath;
  /** For an odometer that names no unit. */
  readonly knownUnit: DistanceUnit | undefined;
}

/** The descriptors of one moment, by name: `{"value":…,"unit":…}`, where the unit may be null. */
type Descriptors = ReadonlyMap<string, VendorFields>;

/**
 * The descriptors that say something a reading holds. Not among them: the odometer at the end of the last trip, which
 * is a counter of its own and would tangle with the odometer, and the predicted charge level, which nobody measured.
 */
const DESCRIPTORS = {
  odometer: 'vehicle.vehicle.travelledDistance',
  latitude: 'vehicle.cabin.infotainment.navigation.currentLocation.latitude',
  longitude: 'vehicle.cabin.infotainment.navigation.currentLocation.longitude',
  heading: 'vehicle.cabin.infotainment.navigation.currentLocation.heading',
  altitude: 'vehicle.cabin.infotainment.navigation.currentLocation.altitude',
  chargeMeasured: 'vehicle.drivetrain.batteryManagement.header',
  chargeDisplayed: 'vehicle.powertrain.electric.battery.stateOfCharge.displayed',
  charging: 'vehicle.drivetrain.electricEngine.charging.status',
  range: 'vehicle.drivetrain.electricEngine.kombiRemainingElectricRange',
  plug: 'vehicle.powertrain.tractionBattery.charging.port.anyPosition.isPlugged',
  ignition: 'vehicle.drivetrain.engine.isIgnitionOn',
  moving: 'vehicle.isMoving',
  doors: 'vehicle.cabin.door.status',
  speed: 'vehicle.speed',
} as const;

const NAMES: ReadonlySet<string> = new Set(Object.values(DESCRIPTORS));

/** True for a descriptor we read; the feed has hundreds of others. */
export function isBmwDescriptor(name: string): boolean {
  return NAMES.has(name);
}

/** Takes the descriptors of one moment into its reading. */
export function takeBmwDescriptors(
  findings: Findings,
  reading: ReadingDraft,
  descriptors: Descriptors,
  source: BmwSource,
): void {
  takeOdometer(findings, reading, descriptors, source);
  takeWhereabouts(findings, reading, descriptors);
  takeBattery(findings, reading, descriptors);
  takeState(findings, reading, descriptors);
}

function takeOdometer(
  findings: Findings,
  reading: ReadingDraft,
  descriptors: Descriptors,
  { json, pathOf, knownUnit }: BmwSource,
): void {
  const value = valueOf(descriptors, DESCRIPTORS.odometer);
  if (value === undefined) return;
  const field = { value, json, path: pathOf(DESCRIPTORS.odometer) };
  takeLabelledOdometer(findings, reading, field, unitOf(descriptors, DESCRIPTORS.odometer), knownUnit);
}

function unitOf(descriptors: Descriptors, name: string): unknown {
  return descriptors.get(name)?.['unit'];
}

/** A descriptor's value; undefined where it is absent, or says that it has none. */
function valueOf(descriptors: Descriptors, name: string): unknown {
  const value = descriptors.get(name)?.['value'];
  return isWithoutValue(value) ? undefined : value;
}

/** `INVALID`, `-NA-` and `ASN_isUnknown` stand in number and switch fields alike; none of them is 0 or false. */
function isWithoutValue(value: unknown): boolean {
  return isNoValue(value) || (typeof value === 'string' && NO_VALUE_WORDS.has(stateWord(value)));
}

const NO_VALUE_WORDS: ReadonlySet<string> = new Set(['-na-', 'isunknown', 'unknown']);

/** States come with and without the prefix `ASN_`, in several spellings of capitals. */
function stateWord(text: string): string {
  const word = text.trim().toLowerCase();
  return word.startsWith('asn_') ? word.slice(4) : word;
}

/** In metres or feet; no road is higher or lower in either. */
const ALTITUDE: NumberRange = { name: 'altitude', min: -2_000, max: 30_000 };
const METRES_PER_FOOT = 0.3048;
const KM_PER_MILE = 1.609344;

function takeWhereabouts(findings: Findings, reading: ReadingDraft, descriptors: Descriptors): void {
  takePlace(
    findings,
    reading,
    valueOf(descriptors, DESCRIPTORS.latitude),
    valueOf(descriptors, DESCRIPTORS.longitude),
  );
  const heading = numberFrom(findings, valueOf(descriptors, DESCRIPTORS.heading), HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  const altitude = converted(findings, descriptors, DESCRIPTORS.altitude, ALTITUDE, METRES_BY_LABEL);
  if (altitude !== undefined) reading.altitudeMetres = altitude;
  const speed = converted(findings, descriptors, DESCRIPTORS.speed, SPEED_KMH, KMH_BY_LABEL);
  if (speed !== undefined) reading.speedKmh = speed;
}

const METRES_BY_LABEL: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['ft', METRES_PER_FOOT],
  ['feet', METRES_PER_FOOT],
  ['foot', METRES_PER_FOOT],
]);
const KMH_BY_LABEL: ReadonlyMap<string, number> = new Map([
  ['km/h', 1],
  ['kmh', 1],
  ['mph', KM_PER_MILE],
  ['mi/h', KM_PER_MILE],
]);

/** A value in the unit it is labelled with, to a hundredth; without a label that says the unit there is none. */
function converted(
  findings: Findings,
  descriptors: Descriptors,
  name: string,
  range: NumberRange,
  factorByLabel: ReadonlyMap<string, number>,
): number | undefined {
  const number = numberFrom(findings, valueOf(descriptors, name), range);
  const unit = unitOf(descriptors, name);
  const factor = typeof unit === 'string' ? factorByLabel.get(unit.trim().toLowerCase()) : undefined;
  if (number === undefined || factor === undefined) return undefined;
  return factor === 1 ? number : Math.round(number * factor * 100) / 100;
}

/** The level shown to the driver before the measured one: it is what most feeds mean, and what a driver is asked about. */
function takeBattery(findings: Findings, reading: ReadingDraft, descriptors: Descriptors): void {
  const displayed = numberFrom(findings, valueOf(descriptors, DESCRIPTORS.chargeDisplayed), BATTERY_PERCENT);
  const measured = numberFrom(findings, valueOf(descriptors, DESCRIPTORS.chargeMeasured), BATTERY_PERCENT);
  const level = displayed ?? measured;
  if (level !== undefined) reading.batteryPercent = level;
  const range = valueOf(descriptors, DESCRIPTORS.range);
  takeLabelledRange(findings, reading, range, unitOf(descriptors, DESCRIPTORS.range));
  const charging = valueOf(descriptors, DESCRIPTORS.charging);
  if (typeof charging === 'string') reading.isCharging = charging === 'CHARGINGACTIVE';
  else if (charging !== undefined)
    findings.refuse('unexpected-shape', `charging status is ${shown(charging)}, not text`);
  const isPlugged = switchOf(findings, 'isPlugged', valueOf(descriptors, DESCRIPTORS.plug));
  if (isPlugged !== undefined) reading.isPlugged = isPlugged;
}

function takeState(findings: Findings, reading: ReadingDraft, descriptors: Descriptors): void {
  const isIgnitionOn = switchOf(findings, 'isIgnitionOn', valueOf(descriptors, DESCRIPTORS.ignition));
  if (isIgnitionOn !== undefined) reading.isIgnitionOn = isIgnitionOn;
  const isMoving = switchOf(findings, 'isMoving', valueOf(descriptors, DESCRIPTORS.moving));
  if (isMoving !== undefined) reading.isMoving = isMoving;
  const doors = valueOf(descriptors, DESCRIPTORS.doors);
  const isLocked = typeof doors === 'string' ? IS_LOCKED_BY_WORD.get(stateWord(doors)) : undefined;
  if (isLocked !== undefined) reading.isLocked = isLocked;
}

/** The list of door states is longer and grows; one that says neither leaves the lock unknown. */
const IS_LOCKED_BY_WORD: ReadonlyMap<string, boolean> = new Map([
  ['secured', true],
  ['locked', true],
  ['unlocked', false],
]);

const IS_ON_BY_WORD: ReadonlyMap<string, boolean> = new Map([
  ['istrue', true],
  ['true', true],
  ['isfalse', false],
  ['false', false],
]);

function switchOf(findings: Findings, name: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  const isOn = typeof value === 'string' ? IS_ON_BY_WORD.get(stateWord(value)) : undefined;
  if (isOn === undefined)
    findings.refuse('unexpected-shape', `${name} is ${shown(value)}, neither true nor false`);
  return isOn;
}
