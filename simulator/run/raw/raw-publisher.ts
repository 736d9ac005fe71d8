import { rawFeeds, type RawTransport } from '../../../core/protocol/raw-topic.ts';
import { must } from '../../../core/base/assert.ts';
import type { TimedPublish } from '../fleet-motion.ts';
import { groupBy } from '../group-by.ts';
import type { Endpoints, Publisher } from '../publisher.ts';
import { RawBox } from './raw-box.ts';

/**
 * Boxes that speak their maker's protocol to a port, each over a connection of its own, opened when it first speaks.
 * A box the product does not know is turned away: its packets then are not acknowledged, and it keeps them until it is
 * let in.
 */
export function rawPublisher(transport: RawTransport, endpoints: () => Endpoints): Publisher {
  const boxes = new Map<string, RawBox>();
  const boxOf = ({ client, topic }: TimedPublish): RawBox => {
    const key = `${topic} ${client}`;
    const known = boxes.get(key);
    if (known !== undefined) return known;
    const feed = must(
      rawFeeds.find((each) => each === topic),
      `${topic} is a raw listener`,
    );
    const box = new RawBox(client, feed, transport, endpoints);
    boxes.set(key, box);
    return box;
  };
  const publishAll: Publisher['publishAll'] = async (publishes, onAcknowledged) => {
    const byBox = groupBy(publishes, boxOf);
    await Promise.all(
      [...byBox].map(([box, own]) =>
        box.send(
          own.map((publish) => ({
            bytes:
              typeof publish.payload === 'string' ? Buffer.from(publish.payload, 'latin1') : publish.payload,
            isDamaged: publish.isUnanswered === true,
            onTaken: () => onAcknowledged(publish),
          })),
        ),
      ),
    );
  };
  return {
    publishAll,
    disturb: async ({ client, kind }) => {
      // A name is all a raw tracker proves; a second one with it is just another connection.
      if (kind !== 'drop') return;
      const own = [...boxes].filter(([key]) => key.endsWith(` ${client}`));
      await Promise.all(own.map(([, box]) => box.drop()));
    },
    close: async () => {
      await Promise.all([...boxes.values()].map((box) => box.close()));
    },
    reconnects: () => [...boxes.values()].reduce((sum, { reconnects }) => sum + reconnects, 0),
  };
}
