import type { DistanceUnit } from '../base/distance.ts';
import type { OdometerOrigin } from '../protocol/book.ts';
import type { ReadingDraft } from '../tracker/reading.ts';
import type { NumberRange } from '../tracker/vendor-fields.ts';
import type { Expression } from './expression.ts';
import type { TopicPattern } from './topic-pattern.ts';

/** A mapping file, read and ready to decode packets with; it holds no state. */
export interface Mapping {
  readonly name: string;
  readonly provider: `mapped:${string}`;
  /** The author's count of changes. */
  readonly version: number;
  /** Every message with an odometer has a reading time; otherwise the feed is metered by receipt (rule M2b). */
  readonly isTimed: boolean;
  readonly messages: readonly MessageRules[];
}

/** How the packets of one topic are read. */
export interface MessageRules {
  readonly topic: TopicPattern;
  readonly payload: PayloadRules;
  readonly device: Expression | null;
  readonly records: Expression | null;
  readonly when: Expression | null;
  /** Null for a feed without reading times. */
  readonly time: TimeRules | null;
  readonly position: PositionRules | null;
  readonly numbers: readonly NumberRules[];
  readonly switches: readonly SwitchRules[];
  readonly odometers: readonly OdometerRules[];
  /** Some odometer is not at a plain path of the packet, so the document with exact numbers is needed. */
  readonly needsExactNumbers: boolean;
  readonly events: readonly EventRules[];
  readonly gear: Source | null;
  readonly vin: Source | null;
  readonly satellites: NumberRules | null;
  readonly hdop: NumberRules | null;
  readonly fix: FixRules | null;
}

export type PayloadRules =
  | { readonly format: 'json' | 'text' }
  | { readonly format: 'csv'; readonly columns: readonly string[]; readonly separator: string };

/** Where a value lives, and what stands there when there is none. */
export interface Source {
  /** The field's name in the mapping file, for refusals. */
  readonly name: string;
  readonly at: Expression;
  /** Values as text; null when the feed has none of its own. */
  readonly noValues: ReadonlySet<string> | null;
}

export interface TimeRules extends Source {
  readonly format: 'unix-s' | 'unix-ms' | 'iso8601' | 'iso8601-utc';
  readonly isOptional: boolean;
}

/** A number of the feed becomes one of ours: `number / dividedBy × times / over`, rounded before the last step or not. */
export interface NumberRules extends Source {
  readonly dividedBy: number;
  readonly conversion: Conversion;
  /** What can physically be, in our unit. */
  readonly range: NumberRange;
  /** Any number, under the field's name: what is sent before it is in our unit. */
  readonly sentRange: NumberRange;
  readonly property: NumberProperty;
}

export interface Conversion {
  readonly times: number;
  readonly over: number;
  readonly isRounded: boolean;
}

export type NumberProperty =
  | 'latitudeDegrees'
  | 'longitudeDegrees'
  | 'altitudeMetres'
  | 'headingDegrees'
  | 'speedKmh'
  | 'satellites'
  | 'hdop'
  | 'tripOdometerMetres'
  | 'batteryPercent'
  | 'rangeMetres'
  | 'externalVolts'
  | 'trackerBatteryPercent';

export interface PositionRules {
  readonly latitude: NumberRules;
  readonly longitude: NumberRules;
}

/** Which values mean yes and no; null for the usual words (true, 1, on, yes and their opposites). */
export interface SwitchValues extends Source {
  readonly trueValues: ReadonlySet<string> | null;
  readonly falseValues: ReadonlySet<string> | null;
}

export interface SwitchRules extends SwitchValues {
  readonly property: SwitchProperty;
}

export type SwitchProperty = keyof Pick<
  ReadingDraft,
  'isCharging' | 'isPlugged' | 'isIgnitionOn' | 'isMoving' | 'isLocked' | 'isBuffered'
>;

export interface FixRules extends SwitchValues {
  /** Otherwise a record without the value says nothing of a fix, so its position is none. */
  readonly missingMeansFix: boolean;
}

export interface OdometerRules extends Source {
  readonly unit: DistanceUnit | OdometerUnitRules;
  readonly origin: OdometerOrigin;
}

/** For a feed that says its unit in the packet. */
export interface OdometerUnitRules {
  readonly at: Expression;
  readonly unitByName: ReadonlyMap<string, DistanceUnit>;
}

export interface EventRules extends Source {
  readonly eventByValue: ReadonlyMap<string, string>;
}
