import { z } from 'zod';
import { odometerOriginSchema } from '../../../core/protocol/book.ts';
import { originWords } from '../../parts/vehicle-words.ts';

/** A field of a decoded packet as a person reads it; units stand in the label. */
export interface OutcomeField {
  readonly label: string;
  readonly value: string;
}

/** What the decoder made of a packet, for the screen. */
export type OutcomeShown =
  | {
      readonly kind: 'decoded';
      readonly packet: readonly OutcomeField[];
      readonly readings: readonly (readonly OutcomeField[])[];
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: string }
  /** Of a shape this window does not know: shown as it came. */
  | { readonly kind: 'other'; readonly text: string };

const decodedSchema = z.looseObject({
  ok: z.literal(true),
  readings: z.array(z.record(z.string(), z.unknown())),
});
const refusedSchema = z.object({ ok: z.literal(false), refused: z.string(), detail: z.string() });

/** Reads an outcome in the words of `milepost decode`. */
export function outcomeShown(outcome: unknown): OutcomeShown {
  const refused = refusedSchema.safeParse(outcome);
  if (refused.success) {
    return { kind: 'refused', reason: refused.data.refused, detail: refused.data.detail };
  }
  const decoded = decodedSchema.safeParse(outcome);
  if (!decoded.success) return { kind: 'other', text: JSON.stringify(outcome, null, 2) ?? '' };
  const { ok: _, readings, ...packet } = decoded.data;
  return { kind: 'decoded', packet: fieldsOf(packet), readings: readings.map(fieldsOf) };
}

function fieldsOf(values: Readonly<Record<string, unknown>>): OutcomeField[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({
      label: labels[key] ?? key.replaceAll('_', ' '),
      value: valueWords(key, value),
    }));
}

const labels: Readonly<Record<string, string | undefined>> = {
  kind: 'Kind',
  device_id: 'Device',
  reply_hex: 'Reply, hex',
  online: 'Online',
  vin: 'VIN',
  timestamp: 'Read at',
  latitude: 'Latitude, degrees',
  longitude: 'Longitude, degrees',
  altitude_m: 'Altitude, m',
  heading_deg: 'Heading, degrees',
  speed_kmh: 'Speed, km/h',
  satellites: 'Satellites',
  gnss_fix: 'Position fix',
  hdop: 'Dilution (HDOP)',
  odometer_m: 'Odometer, m',
  odometer_raw: 'Odometer as sent',
  odometer_unit: 'Its unit',
  odometer_origin: 'Its origin',
  billable: 'May be billed',
  trip_odometer_m: 'Trip odometer, m',
  battery_level_pct: 'Battery, %',
  range_m: 'Range, m',
  is_charging: 'Charging',
  plugged: 'Plugged in',
  ignition: 'Ignition on',
  movement: 'Moving',
  external_voltage_v: 'Supply voltage, V',
  tracker_battery_pct: 'Tracker’s battery, %',
  locked: 'Locked',
  gear: 'Gear',
  event: 'Event',
  clock_suspect: 'Clock is suspect',
  buffered: 'Sent from its buffer',
};

function valueWords(key: string, value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (value === null) return key === 'timestamp' ? 'not said; received time counts' : 'not said';
  if (key === 'timestamp' && typeof value === 'string') return value.replace('T', ' ');
  const origin = key === 'odometer_origin' ? odometerOriginSchema.safeParse(value) : null;
  if (origin?.success === true) return originWords[origin.data];
  return typeof value === 'string' ? value : JSON.stringify(value);
}
