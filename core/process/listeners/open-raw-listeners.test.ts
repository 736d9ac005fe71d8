import { expect, onTestFinished, test } from 'vitest';
import { newWorld } from '../../fold/world.ts';
import type { CoreStart } from '../../protocol/process-messages.ts';
import { openRawListeners } from './open-raw-listeners.ts';
import type { RawListeners } from './start-raw-listeners.ts';

async function open(
  over: Partial<CoreStart>,
  networks: readonly string[] = [],
): Promise<{ opened: RawListeners | null | string; logged: string[] }> {
  const world = newWorld();
  if (networks.length > 0) world.door.networksByGroup.set('lorries', networks);
  const logged: string[] = [];
  const start: CoreStart = { data: 'data', clock: 'system', mqttPort: 1883, host: '127.0.0.1', ...over };
  const opened = await openRawListeners(start, {
    world,
    append: () => undefined,
    log: (line) => logged.push(line),
  });
  if (!opened.ok) return { opened: opened.error, logged };
  onTestFinished(() => opened.value?.close());
  return { opened: opened.value, logged };
}

test('nothing is opened that nobody asked for', async () => {
  expect(await open({ host: '0.0.0.0' })).toEqual({ opened: null, logged: [] });
});

test('on this machine the ports open without a word', async () => {
  const { opened, logged } = await open({ tcpPorts: { teltonika: 0 }, udpPorts: { queclink: 0 } });
  expect(opened).toMatchObject({
    ready: { tcp: { teltonika: expect.any(Number) }, udp: { queclink: expect.any(Number) } },
  });
  expect(logged).toEqual([]);
});

test('for other machines they open only when a network beyond this one was allowed, and say so', async () => {
  const start = { host: '0.0.0.0', tcpPorts: { teltonika: 0 } };
  for (const networks of [[], ['127.0.0.0/8', '::1/128']]) {
    const { opened, logged } = await open(start, networks);
    expect([opened, logged]).toEqual([expect.stringContaining('Allow the network'), []]);
  }
  const { opened, logged } = await open(start, ['10.0.0.0/8']);
  expect(opened).toMatchObject({ ready: { tcp: { teltonika: expect.any(Number) } } });
  expect(logged).toEqual([expect.stringContaining('can be reached from other machines')]);
});
