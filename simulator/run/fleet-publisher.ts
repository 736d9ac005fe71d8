import { ok, type Result } from '../../core/base/result.ts';
import type { PublishTransport } from '../trackers/tracker.ts';
import { groupBy } from './group-by.ts';
import { mqttPublisher } from './mqtt-publisher.ts';
import type { Endpoints, Publisher, RunProblem } from './publisher.ts';
import { rawPublisher } from './raw/raw-publisher.ts';

/** Sends each publish the way it wants to go. The broker has to be there at the start; raw ports are tried when needed. */
export async function fleetPublisher(
  endpoints: () => Endpoints,
  patienceMs: number,
): Promise<Result<Publisher, RunProblem>> {
  const mqtt = await mqttPublisher(endpoints, patienceMs);
  if (!mqtt.ok) return mqtt;
  return ok(
    byTransport({
      mqtt: mqtt.value,
      tcp: rawPublisher('tcp', endpoints),
      udp: rawPublisher('udp', endpoints),
    }),
  );
}

function byTransport(ways: Readonly<Record<PublishTransport, Publisher>>): Publisher {
  const all = Object.values(ways);
  return {
    publishAll: async (publishes, onAcknowledged) => {
      const groups = groupBy(publishes, ({ transport }) => transport);
      await Promise.all(
        [...groups].map(([transport, own]) => ways[transport].publishAll(own, onAcknowledged)),
      );
    },
    disturb: (disturbance) => ways[disturbance.transport].disturb?.(disturbance) ?? Promise.resolve(),
    close: async () => {
      await Promise.all(all.map((way) => way.close()));
    },
    reconnects: () => all.reduce((sum, way) => sum + way.reconnects(), 0),
  };
}
