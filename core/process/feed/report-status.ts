import { countMoving } from '../../fleet/fleet.ts';
import { countToday } from '../../fold/count-up.ts';
import type { World } from '../../fold/world.ts';
import type { Alarm, Status } from '../../protocol/link.ts';
import type { Counts } from '../../protocol/report.ts';
import { refusalsByReason } from '../broker/broker-counters.ts';
import type { Broker } from '../broker/start-broker.ts';
import type { CoreClock } from '../clock/core-clock.ts';
import { LagMeter } from '../lag-meter.ts';
import type { RawListeners } from '../listeners/start-raw-listeners.ts';

/** What a status is made from. */
export interface StatusParts {
  readonly world: World;
  readonly isSimulated: boolean;
  readonly clock: CoreClock;
  readonly broker: Broker | null;
  readonly listeners: RawListeners | null;
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
      connections: (parts.broker?.connections() ?? 0) + (parts.listeners?.connections() ?? 0),
      connectionsRefused: refusedBy(parts.broker?.counters, parts.listeners?.counters.refused ?? {}),
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

/** Only the reasons there were; the same reason at both doors is one count. */
function refusedBy(
  broker: Broker['counters'] | undefined,
  raw: Readonly<Record<string, number>>,
): Record<string, number> {
  const refused: Record<string, number> = { ...raw };
  for (const [reason, count] of Object.entries(broker === undefined ? {} : refusalsByReason(broker)))
    refused[reason] = (refused[reason] ?? 0) + count;
  return refused;
}
