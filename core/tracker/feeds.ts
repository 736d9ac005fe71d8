import type { BuiltInProvider, TrackerProvider } from '../protocol/book.ts';

/** What has to be known of a feed beside how to read its packets. */
export interface FeedFacts {
  /** The odometer comes without a reading time: metered on change, at receipt (rule M2b). */
  readonly isMeteredByReceipt: boolean;
  /** Where an odometer of origin "vehicle" was read: on the car's own bus, or by its maker's service (rule M4). */
  readonly vehicleOdometerIs: 'vehicle_bus' | 'oem_api';
  /** After this long without a word a vehicle is shown as stale: three of the longest intervals the feed keeps while parked. */
  readonly staleAfterMs: number;
}

const MINUTE_MS = 60_000;
const tracker = (minutes: number): FeedFacts => ({
  isMeteredByReceipt: false,
  vehicleOdometerIs: 'vehicle_bus',
  staleAfterMs: minutes * MINUTE_MS,
});
const makersService = (isMeteredByReceipt: boolean, minutes: number): FeedFacts => ({
  isMeteredByReceipt,
  vehicleOdometerIs: 'oem_api',
  staleAfterMs: minutes * MINUTE_MS,
});

const FACTS: Readonly<Record<BuiltInProvider, FeedFacts>> = {
  'tesla-fleet-telemetry': makersService(true, 15),
  teltonika: tracker(15),
  'teltonika-mqtt-json': tracker(15),
  queclink: tracker(15),
  'renault-kamereon': makersService(true, 30),
  'bmw-cardata': makersService(false, 30),
  ovms: { isMeteredByReceipt: true, vehicleOdometerIs: 'vehicle_bus', staleAfterMs: 30 * MINUTE_MS },
  teslamate: makersService(true, 30),
  // Aggregators poll: Smartcar delivers when its webhook's triggers fire, a few times a day at worst.
  smartcar: makersService(false, 12 * 60),
  owntracks: tracker(60),
  flespi: tracker(15),
  traccar: tracker(15),
};

/** A feed described by a mapping file, until the file says more. */
const MAPPED_FACTS = tracker(30);
const MAPPED_BY_RECEIPT_FACTS: FeedFacts = { ...MAPPED_FACTS, isMeteredByReceipt: true };

/** The facts of a feed; `isTimed` says whether a mapping file's feed has a reading time, and is ignored for built-in ones. */
export function feedFacts(provider: TrackerProvider, isTimed = true): FeedFacts {
  if (isBuiltIn(provider)) return FACTS[provider];
  return isTimed ? MAPPED_FACTS : MAPPED_BY_RECEIPT_FACTS;
}

export function isBuiltIn(provider: TrackerProvider): provider is BuiltInProvider {
  return Object.hasOwn(FACTS, provider);
}
