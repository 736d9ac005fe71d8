import { countMoving } from '../../fleet/fleet.ts';
import { countToday } from '../../fold/count-up.ts';
import type { World } from '../../fold/world.ts';
import type { Alarm, Status } from '../../protocol/link.ts';
import type { Counts } from '../../protocol/report.ts';
import type { Broker } from '../broker/start-broker.ts';
import type { CoreClock } from '../clock/core-clock.ts';
import { LagMeter } from '../lag-meter.ts';

/** What a status is made from. */
export interface StatusParts {
  readonly world: World;
  readonly isSimulated: boolean;
  readonly clock: CoreClock;
  readonly broker: Broker | null;
  readonly counts: Counts;
  readonly alarms: readonly Alarm[];
}

/** Makes the status bar's line; it remembers the last one, for rates. */
export class StatusReporter {
  readonly #lag = new LagMeter();
  #lastPackets = 0;
  #lastAtMs = performance.now();

  report(parts: StatusParts): Status {
    const { world, counts } = parts;
    const today = countToday(world);
    return {
      clockMs: Math.max(world.clockMs, parts.clock.nowMs()),
      clock: parts.clock.kind,
      isSimulated: parts.isSimulated,
      intake: parts.alarms.some((alarm) => alarm.id === 'intake-stopped') ? 'stopped' : 'running',
      mqttPort: parts.broker?.port ?? 0,
      connections: parts.broker?.connections() ?? 0,
      connectionsRefused: refusedBy(parts.broker?.counters),
      packetsPerSecond: this.#packetsPerSecond(counts.packets.received),
      coreLagP99Ms: this.#lag.takeP99Ms(),
      newestObservedAtMs: world.newestObservedAtMs,
      journalBytes: counts.journal.bytes,
      journalRecords: counts.journal.records,
      vehicles: counts.vehicles,
      vehiclesMoving: countMoving(world.fleet),
      tenthsToday: today.tenths,
      penceToday: today.pence,
      alarms: [...parts.alarms],
      counts,
    };
  }

  #packetsPerSecond(received: number): number {
    const nowMs = performance.now();
    const seconds = Math.max((nowMs - this.#lastAtMs) / 1_000, 0.001);
    const rate = (received - this.#lastPackets) / seconds;
    this.#lastPackets = received;
    this.#lastAtMs = nowMs;
    return Math.max(0, Math.round(rate * 10) / 10);
  }

  stop(): void {
    this.#lag.stop();
  }
}

/** Only the reasons there were. */
function refusedBy(counters: Broker['counters'] | undefined): Record<string, number> {
  if (counters === undefined) return {};
  const reasons = {
    'mqtt5-unsupported': counters.mqtt5Refused,
    'not-mqtt': counters.notMqtt,
    silent: counters.silent,
    'packet-over-hard-limit': counters.overPacketLimit,
    'too-many-connections': counters.overConnectionLimit,
    'broken-off': counters.clientErrors,
    'tls-too-old': counters.tooOldTls,
    'handshake-stalled': counters.stalledHandshakes,
    'handshake-failed': counters.failedHandshakes,
    'too-many-handshakes': counters.overHandshakeLimit,
  };
  return Object.fromEntries(Object.entries(reasons).filter(([, count]) => count > 0));
}
