import type { BookTracker } from '../../core/protocol/book.ts';
import { imeiOf } from '../fleet/identities.ts';
import type { SimulatedFeed } from './simulated-feed.ts';

/** What a tracker of a feed calls itself in the book, and whose odometer it sends. */
export interface TrackerIdentity {
  readonly device: string;
  readonly origin: BookTracker['origin'];
}

/** The name of the tracker number `index` of a feed; feeds of makers' services know the vehicle by its VIN. */
export function trackerIdentity(feed: SimulatedFeed, index: number, vin: string): TrackerIdentity {
  switch (feed) {
    case 'tesla-fleet-telemetry':
    case 'renault-kamereon':
    case 'bmw-cardata':
      return { device: vin, origin: 'vehicle' };
    case 'teltonika':
    case 'teltonika-mqtt-json':
    case 'queclink':
    case 'traccar':
      return { device: imeiOf(index), origin: 'tracker' };
    case 'owntracks':
      return { device: `qtripp/${imeiOf(index)}`, origin: 'tracker' };
    case 'flespi':
      return { device: imeiOf(index), origin: 'vehicle' };
    case 'ovms':
      return { device: `fleet/car-${index + 1}`, origin: 'vehicle' };
    case 'teslamate':
      return { device: String(index + 1), origin: 'vehicle' };
    case 'smartcar':
      return { device: `5afe0000-0000-4000-8000-${String(index).padStart(12, '0')}`, origin: 'vehicle' };
  }
}
