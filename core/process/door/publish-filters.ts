import { unreachable } from '../../base/assert.ts';
import type { TrackerProvider } from '../../protocol/book.ts';
import { isBuiltIn } from '../../tracker/feeds.ts';

/**
 * What a device of a feed publishes on, as its decoder expects it: the filters of a new device's credential. `device` is
 * the name the feed gives it, with account or namespace in front where there is one (`deviceName`). Empty where the
 * topic does not say whose it is (a server that forwards all its devices on one), for trackers that speak no MQTT, for
 * mapping files, and for a name no topic can hold.
 */
export function defaultPublishFilters(provider: TrackerProvider, device: string): readonly string[] {
  if (!isBuiltIn(provider) || /[+#]/.test(device)) return [];
  switch (provider) {
    case 'tesla-fleet-telemetry':
      return [`telemetry/${device}/#`];
    case 'teltonika-mqtt-json':
      return ['', '+/', '+/+/'].map((realm) => `${realm}teltonika/${device}/+`);
    case 'renault-kamereon':
      return [`kamereon/${device}/+`];
    case 'bmw-cardata':
      // The maker's own first level is the account, a bridge's is "bmw".
      return [`+/${device}`, `bmw/raw/${device}/+`, `bmw/vehicles/${device}/+`];
    case 'ovms':
      return [`ovms/${device}/#`];
    case 'teslamate':
      return [teslamateFilter(device)];
    case 'smartcar':
      return [`smartcar/${device}`];
    case 'owntracks':
      return [`owntracks/${device}/#`];
    case 'flespi':
      return flespiFilters(device);
    case 'traccar':
    case 'teltonika':
    case 'queclink':
      return [];
    default:
      return unreachable(provider);
  }
}

/** A car is numbered by its server, of which there may be several, each with a namespace. */
function teslamateFilter(device: string): string {
  const slashAt = device.lastIndexOf('/');
  return `teslamate/${device.slice(0, slashAt + 1)}cars/${device.slice(slashAt + 1)}/+`;
}

const NUMBERED = 'gw/devices/';

/** A device goes by the ident it sends itself, or by the number the gateway gave it. */
function flespiFilters(device: string): readonly string[] {
  if (!device.startsWith(NUMBERED)) return [`flespi/message/gw/channels/+/${device}`];
  return [`flespi/message/${device}`, `flespi/state/${device}/#`];
}
