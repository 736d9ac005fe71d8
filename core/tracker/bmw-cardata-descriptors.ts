import type { DistanceUnit } from '../base/distance.ts';
import { type JsonField, takePlace } from './json-fields.ts';
import { takeLabelledOdometer, takeLabelledRange } from './labelled-distance.ts';
import type { ReadingDraft } from './reading.ts';
import {
  BATTERY_PERCENT,
  type Findings,
  HEADING_DEGREES,
  isNoValue,
  type NumberRange,
  numberFrom,
  shown,
  SPEED_KMH,
} from './vendor-fields.ts';

/** A descriptor's value, with the unit it names; the unit may be null. */
export interface BmwDescriptor extends JsonField {
  readonly unit: unknown;
}

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

/** Takes the descriptors of one moment into its reading. `knownUnit` is for an odometer that names no unit. */
export function takeBmwDescriptors(
  findings: Findings,
  reading: ReadingDraft,
  descriptors: ReadonlyMap<string, BmwDescriptor>,
  knownUnit: DistanceUnit | undefined,
): void {
  const values = new DescriptorValues(descriptors);
  const odometer = values.labelled(DESCRIPTORS.odometer);
  if (odometer !== undefined) takeLabelledOdometer(findings, reading, odometer, odometer.unit, knownUnit);
  takeWhereabouts(findings, reading, values);
  takeBattery(findings, reading, values);
  takeState(findings, reading, values);
}

/** The descriptors of one moment, without those that say they have no value. */
class DescriptorValues {
  readonly #descriptors: ReadonlyMap<string, BmwDescriptor>;

  constructor(descriptors: ReadonlyMap<string, BmwDescriptor>) {
    this.#descriptors = descriptors;
  }

  labelled(name: string): BmwDescriptor | undefined {
    const descriptor = this.#descriptors.get(name);
    return descriptor === undefined || isWithoutValue(descriptor.value) ? undefined : descriptor;
  }

  value(name: string): unknown {
    return this.labelled(name)?.value;
  }
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

/** Feet at most as high as the highest road, and as low as the lowest. */
const ALTITUDE: NumberRange = { name: 'altitude', min: -2_000, max: 30_000 };
const METRES_PER_FOOT = 0.3048;
const KM_PER_MILE = 1.609344;

function takeWhereabouts(findings: Findings, reading: ReadingDraft, values: DescriptorValues): void {
  takePlace(findings, reading, values.value(DESCRIPTORS.latitude), values.value(DESCRIPTORS.longitude));
  const heading = numberFrom(findings, values.value(DESCRIPTORS.heading), HEADING_DEGREES);
  if (heading !== undefined) reading.headingDegrees = heading;
  const altitude = converted(findings, values.labelled(DESCRIPTORS.altitude), ALTITUDE, METRES_BY_LABEL);
  if (altitude !== undefined) reading.altitudeMetres = altitude;
  const speed = converted(findings, values.labelled(DESCRIPTORS.speed), SPEED_KMH, KMH_BY_LABEL);
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
  descriptor: BmwDescriptor | undefined,
  range: NumberRange,
  factorByLabel: ReadonlyMap<string, number>,
): number | undefined {
  if (descriptor === undefined) return undefined;
  const number = numberFrom(findings, descriptor.value, range);
  const { unit } = descriptor;
  const factor = typeof unit === 'string' ? factorByLabel.get(unit.trim().toLowerCase()) : undefined;
  if (number === undefined || factor === undefined) return undefined;
  return factor === 1 ? number : Math.round(number * factor * 100) / 100;
}

/** The level shown to the driver before the measured one: it is what most feeds mean, and what a driver is asked about. */
function takeBattery(findings: Findings, reading: ReadingDraft, values: DescriptorValues): void {
  const displayed = numberFrom(findings, values.value(DESCRIPTORS.chargeDisplayed), BATTERY_PERCENT);
  const measured = numberFrom(findings, values.value(DESCRIPTORS.chargeMeasured), BATTERY_PERCENT);
  const level = displayed ?? measured;
  if (level !== undefined) reading.batteryPercent = level;
  const range = values.labelled(DESCRIPTORS.range);
  if (range !== undefined) takeLabelledRange(findings, reading, range.value, range.unit);
  const charging = values.value(DESCRIPTORS.charging);
  if (typeof charging === 'string') reading.isCharging = charging === 'CHARGINGACTIVE';
  else if (charging !== undefined)
    findings.refuse('unexpected-shape', `charging status is ${shown(charging)}, not text`);
  const isPlugged = switchOf(findings, 'isPlugged', values.value(DESCRIPTORS.plug));
  if (isPlugged !== undefined) reading.isPlugged = isPlugged;
}

function takeState(findings: Findings, reading: ReadingDraft, values: DescriptorValues): void {
  const isIgnitionOn = switchOf(findings, 'isIgnitionOn', values.value(DESCRIPTORS.ignition));
  if (isIgnitionOn !== undefined) reading.isIgnitionOn = isIgnitionOn;
  const isMoving = switchOf(findings, 'isMoving', values.value(DESCRIPTORS.moving));
  if (isMoving !== undefined) reading.isMoving = isMoving;
  const doors = values.value(DESCRIPTORS.doors);
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
