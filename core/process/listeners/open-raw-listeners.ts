import { fail, ok, type Result } from '../../base/result.ts';
import type { World } from '../../fold/world.ts';
import type { CoreStart } from '../../protocol/process-messages.ts';
import { decodePacket } from '../../tracker/decode-packet.ts';
import { isLoopback } from '../door/tls-reach.ts';
import type { Journal, JournalLog } from '../journal/journal.ts';
import { rawDialects } from './raw-dialects.ts';
import { hasOutsideNetwork, rawGateOf } from './raw-gate.ts';
import { type RawListeners, startRawListeners } from './start-raw-listeners.ts';

/** What the listeners work with; the world is read whenever a tracker asks to come in. */
export interface RawListenersWithin {
  readonly world: World;
  readonly append: Journal['append'];
  readonly log: JournalLog;
}

/** The listeners a start asks for, on its host; null for none. The error says what to do about it. */
export async function openRawListeners(
  { host, tcpPorts = {}, udpPorts = {} }: CoreStart,
  { world, append, log }: RawListenersWithin,
): Promise<Result<RawListeners | null, string>> {
  const ports = [...Object.values(tcpPorts), ...Object.values(udpPorts)];
  if (ports.length === 0) return ok(null);
  if (!isLoopback(host) && !hasOutsideNetwork(world)) return fail(nobodyAllowed(host));
  const gate = rawGateOf(world);
  const opened = await startRawListeners({
    host,
    tcpPorts,
    udpPorts,
    dialects: rawDialects,
    append,
    gate,
    decode: decodePacket,
    log,
  });
  if (!opened.ok) return fail(opened.error.message);
  if (!isLoopback(host)) log(REACHED, { host, ...opened.value.ready });
  return opened;
}

const REACHED =
  'raw trackers can be reached from other machines: nothing is encrypted, and a device is known by its name and network only';

function nobodyAllowed(host: string): string {
  return (
    `--host ${host} can be reached from other machines, and raw TCP and UDP trackers prove nothing about themselves. ` +
    'Allow the network of at least one group of them first, while listening on 127.0.0.1; then start with this host.'
  );
}
