import type { RandomStream } from '../../core/base/random.ts';
import type { TrackerPublish } from '../trackers/tracker.ts';

/** What a firmware update does to the shape of messages. */
export const driftKinds = ['missing', 'null', 'text-number', 'comma-decimal', 'extra'] as const;
export type DriftKind = (typeof driftKinds)[number];

/** How a packet is damaged on the way. */
export const damageKinds = ['truncated', 'wrong-encoding', 'junk'] as const;
export type DamageKind = (typeof damageKinds)[number];

const JUNK_BYTES = 64 * 1_024;

/** Keys by which odometers go, in whatever feed. */
const ODOMETER_KEYS = /^(?:odometer|16|totalMileage|vehicle\.mileage|travelledDistance|value)$/;

/**
 * A publish as another firmware would write it. JSON objects only: bare values and binary frames have no shape to
 * drift. What is then no odometer any more is not told as one.
 */
export function drifted(publish: TrackerPublish, kinds: readonly DriftKind[]): TrackerPublish {
  if (kinds.length === 0 || typeof publish.payload !== 'string' || !publish.payload.startsWith('{'))
    return publish;
  const document = JSON.parse(publish.payload) as unknown;
  const changed = kinds.reduce((value, kind) => driftedValue(value, kind), document);
  const isOdometerLost = kinds.includes('missing') || kinds.includes('null');
  return { ...publish, payload: JSON.stringify(changed), odometer: isOdometerLost ? null : publish.odometer };
}

function driftedValue(value: unknown, kind: DriftKind): unknown {
  if (kind === 'extra') {
    return isObject(value)
      ? { ...value, fwVersion: '03.28.07.Rev.141', diag: { uptime: 1, flags: [] } }
      : value;
  }
  if (Array.isArray(value)) return value.map((item) => driftedValue(item, kind));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner !== 'number' || !ODOMETER_KEYS.test(key))
      return [[key, driftedValue(inner, kind)] as const];
    switch (kind) {
      case 'missing':
        return [];
      case 'null':
        return [[key, null] as const];
      case 'text-number':
        return [[key, String(inner)] as const];
      case 'comma-decimal':
        return [[key, String(inner).replace('.', ',')] as const];
    }
  });
  return Object.fromEntries(entries);
}

/**
 * A publish as it arrives when something went wrong on the way. Over MQTT it arrives so and is lost; to a raw port
 * nobody answers it, and the whole one follows.
 */
export function damaged(publish: TrackerPublish, kind: DamageKind, chance: RandomStream): TrackerPublish[] {
  const whole =
    typeof publish.payload === 'string' ? Buffer.from(publish.payload) : Buffer.from(publish.payload);
  const payload = new Uint8Array(damagedBytes(whole, kind, chance));
  if (publish.transport === 'mqtt') return [{ ...publish, payload, odometer: null }];
  return [{ ...publish, payload, odometer: null, isUnanswered: true }, publish];
}

function damagedBytes(whole: Buffer, kind: DamageKind, chance: RandomStream): Buffer {
  switch (kind) {
    case 'truncated':
      return whole.subarray(0, Math.max(1, Math.floor(whole.length * (0.2 + chance.next() * 0.7))));
    case 'wrong-encoding':
      return Buffer.from(whole.toString('latin1'), 'utf16le');
    case 'junk':
      return Buffer.from(Array.from({ length: JUNK_BYTES }, () => chance.below(256)));
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
