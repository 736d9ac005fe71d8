import { must } from '../base/assert.ts';
import {
  BATTERY_PERCENT,
  HEADING_DEGREES,
  LATITUDE_DEGREES,
  LONGITUDE_DEGREES,
  type NumberRange,
  RANGE_KM,
  SPEED_KMH,
} from '../tracker/vendor-fields.ts';
import { type Expression, type NumbersAre, readExpression } from './expression.ts';
import type {
  Conversion,
  EventRules,
  FixRules,
  Mapping,
  MessageRules,
  NumberProperty,
  NumberRules,
  OdometerRules,
  PayloadRules,
  Source,
  SwitchRules,
  SwitchValues,
  TimeRules,
} from './mapping.ts';
import type { MappingFile, MessageSettings } from './mapping-schema.ts';
import { readTopicPattern } from './topic-pattern.ts';

type Fields = MessageSettings['fields'];

/** Turns a checked mapping file into what decodes. Nothing can be wrong any more: the schema has read every part of it. */
export function compileMapping(file: MappingFile): Mapping {
  const messages = file.messages.map(messageRules);
  const withOdometer = messages.filter(({ odometers }) => odometers.length > 0);
  const metered = withOdometer.length > 0 ? withOdometer : messages;
  return {
    name: file.name,
    provider: `mapped:${file.name}`,
    version: file.version,
    isTimed: metered.every(({ time }) => time !== null && !time.isOptional),
    messages,
  };
}

function messageRules(message: MessageSettings): MessageRules {
  const { fields } = message;
  const records = optionalExpression(message.records);
  const odometers = listOf(fields.odometer).map(odometerRules);
  return {
    topic: known(readTopicPattern(message.topic)),
    payload: payloadRules(message.payload),
    device: optionalExpression(message.device),
    records,
    when: optionalExpression(message.when),
    time: timeRules(message.time),
    position: positionRules(fields),
    numbers: numberRules(fields),
    switches: switchRules(fields),
    odometers,
    needsExactNumbers: odometers.some(({ at }) => at.steps === null || records !== null),
    events: listOf(fields.event).map(eventRules),
    gear: fields.gear === undefined ? null : source('gear', fields.gear),
    vin: fields.vin === undefined ? null : source('vin', fields.vin),
    satellites: fields.satellites === undefined ? null : plainNumber('satellites', fields.satellites),
    hdop: fields.hdop === undefined ? null : plainNumber('hdop', fields.hdop),
    fix: fields.fix === undefined ? null : fixRules(fields.fix),
  };
}

function known<T>(
  read: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
): T {
  return must(read.ok ? read.value : null, () => (read.ok ? '' : `the schema let this pass: ${read.error}`));
}

function expression(text: string, numbersAre: NumbersAre = 'numbers'): Expression {
  return known(readExpression(text, numbersAre));
}

function optionalExpression(text: string | undefined): Expression | null {
  return text === undefined ? null : expression(text);
}

function payloadRules(payload: MessageSettings['payload']): PayloadRules {
  if (typeof payload === 'string') return { format: payload };
  return { format: 'csv', columns: payload.columns, separator: payload.separator ?? ',' };
}

type Values = readonly (string | number | boolean)[];
type Settings = string | { readonly at: string; readonly noValue?: Values | undefined };

function source(name: string, settings: Settings): Source {
  if (typeof settings === 'string') return { name, at: expression(settings), noValues: null };
  return { name, at: expression(settings.at), noValues: textsOf(settings.noValue) };
}

function textsOf(values: Values | undefined): ReadonlySet<string> | null {
  return values === undefined ? null : new Set(values.map(String));
}

function listOf<T>(oneOrMore: T | readonly T[] | undefined): readonly T[] {
  if (oneOrMore === undefined) return [];
  return isList(oneOrMore) ? oneOrMore : [oneOrMore];
}

function isList<T>(oneOrMore: T | readonly T[]): oneOrMore is readonly T[] {
  return Array.isArray(oneOrMore);
}

function timeRules(time: MessageSettings['time']): TimeRules | null {
  if (time === 'none') return null;
  return { ...source('time', time), format: time.format, isOptional: time.optional ?? false };
}

const AS_SENT: Conversion = { times: 1, over: 1, isRounded: false };

/** Into our unit. Rounded where a factor is no whole number: the noise of the multiplication goes, the last digit sent stays. */
const CONVERSIONS = {
  degrees: AS_SENT,
  'km/h': AS_SENT,
  mph: { times: 16_093.44, over: 10_000, isRounded: true },
  'm/s': { times: 36_000, over: 10_000, isRounded: true },
  knots: { times: 18_520, over: 10_000, isRounded: true },
  m: AS_SENT,
  ft: { times: 3_048, over: 10_000, isRounded: true },
  km: { times: 1_000, over: 1, isRounded: false },
  mi: { times: 1_609.344, over: 1, isRounded: true },
  V: AS_SENT,
  mV: { times: 1, over: 1_000, isRounded: false },
} as const satisfies Readonly<Record<string, Conversion>>;

/** What can physically be, in our units. */
const RANGES: Readonly<Record<NumberProperty, NumberRange>> = {
  latitudeDegrees: LATITUDE_DEGREES,
  longitudeDegrees: LONGITUDE_DEGREES,
  headingDegrees: HEADING_DEGREES,
  speedKmh: SPEED_KMH,
  batteryPercent: BATTERY_PERCENT,
  trackerBatteryPercent: { ...BATTERY_PERCENT, name: 'tracker battery level' },
  rangeMetres: { name: 'range in metres', min: 0, max: RANGE_KM.max * 1_000 },
  altitudeMetres: { name: 'altitude', min: -32_768, max: 65_535 },
  satellites: { name: 'satellites', min: 0, max: 255 },
  hdop: { name: 'hdop', min: 0, max: 10_000 },
  tripOdometerMetres: { name: 'trip odometer', min: 0, max: 4_294_967_295 },
  externalVolts: { name: 'external voltage', min: 0, max: 1_000 },
};

const PROPERTIES = {
  latitude: 'latitudeDegrees',
  longitude: 'longitudeDegrees',
  altitude: 'altitudeMetres',
  heading: 'headingDegrees',
  speed: 'speedKmh',
  satellites: 'satellites',
  hdop: 'hdop',
  tripOdometer: 'tripOdometerMetres',
  battery: 'batteryPercent',
  range: 'rangeMetres',
  externalVoltage: 'externalVolts',
  trackerBattery: 'trackerBatteryPercent',
} as const satisfies Readonly<Partial<Record<keyof Fields, NumberProperty>>>;

type NumberSettings =
  | string
  | {
      readonly at: string;
      readonly unit?: keyof typeof CONVERSIONS;
      readonly dividedBy?: number | undefined;
      readonly noValue?: Values | undefined;
    };

function plainNumber(name: keyof typeof PROPERTIES, settings: NumberSettings): NumberRules {
  const property = PROPERTIES[name];
  const rules = { ...source(name, settings), property, range: RANGES[property], sentRange: { name, ...ANY } };
  if (typeof settings === 'string') return { ...rules, dividedBy: 1, conversion: AS_SENT };
  const { dividedBy = 1, unit } = settings;
  return { ...rules, dividedBy, conversion: unit === undefined ? AS_SENT : CONVERSIONS[unit] };
}

const ANY = { min: -Infinity, max: Infinity };

function positionRules({ latitude, longitude }: Fields): MessageRules['position'] {
  if (latitude === undefined || longitude === undefined) return null;
  return { latitude: plainNumber('latitude', latitude), longitude: plainNumber('longitude', longitude) };
}

/** Every number that stands for itself; position, satellites and hdop depend on each other. */
const LONE_NUMBERS = [
  'altitude',
  'heading',
  'speed',
  'tripOdometer',
  'battery',
  'range',
  'externalVoltage',
  'trackerBattery',
] as const;

function numberRules(fields: Fields): readonly NumberRules[] {
  return LONE_NUMBERS.flatMap((name) => {
    const settings = fields[name];
    return settings === undefined ? [] : [plainNumber(name, settings)];
  });
}

const SWITCHES = [
  ['charging', 'isCharging'],
  ['plugged', 'isPlugged'],
  ['ignition', 'isIgnitionOn'],
  ['moving', 'isMoving'],
  ['locked', 'isLocked'],
  ['buffered', 'isBuffered'],
] as const;

function switchRules(fields: Fields): readonly SwitchRules[] {
  return SWITCHES.flatMap(([name, property]) => {
    const settings = fields[name];
    return settings === undefined ? [] : [{ ...switchValues(name, settings), property }];
  });
}

type SwitchSettings =
  | string
  | {
      readonly at: string;
      readonly trueValues?: Values | undefined;
      readonly falseValues?: Values | undefined;
      readonly noValue?: Values | undefined;
    };

function switchValues(name: string, settings: SwitchSettings): SwitchValues {
  if (typeof settings === 'string') {
    return { ...source(name, settings), trueValues: null, falseValues: null };
  }
  const trueValues = textsOf(settings.trueValues);
  const falseValues = textsOf(settings.falseValues);
  return { ...source(name, settings), trueValues, falseValues };
}

function fixRules(settings: NonNullable<Fields['fix']>): FixRules {
  const missingMeansFix = typeof settings !== 'string' && settings.missingMeansFix === true;
  return { ...switchValues('fix', settings), missingMeansFix };
}

type OdometerSettings = Exclude<NonNullable<Fields['odometer']>, readonly unknown[]>;

const DISTANCE_UNITS = ['mi', 'km', 'hm', 'm'] as const;

function odometerRules({ at, unit, origin, noValue }: OdometerSettings): OdometerRules {
  const rules = { name: 'odometer', at: expression(at, 'text'), noValues: textsOf(noValue), origin };
  if (typeof unit === 'string') return { ...rules, unit };
  const unitByName = new Map<string, (typeof DISTANCE_UNITS)[number]>([
    ...DISTANCE_UNITS.map((name) => [name, name] as const),
    ...Object.entries(unit.names ?? {}),
  ]);
  return { ...rules, unit: { at: expression(unit.at), unitByName } };
}

type EventSettings = Exclude<NonNullable<Fields['event']>, readonly unknown[]>;

function eventRules({ at, names }: EventSettings): EventRules {
  return { ...source('event', at), eventByValue: new Map(Object.entries(names)) };
}
