import { expect, test } from 'vitest';
import type { CoreState, MilepostBridge } from '../../core/protocol/bridge.ts';
import { PORT_MESSAGE } from '../../core/protocol/bridge.ts';
import { newFeedFrame } from '../../core/protocol/feed-frame.ts';
import type { AskMessage, CoreMessage, Status } from '../../core/protocol/link.ts';
import { connectToCore } from './core-link.ts';

const CLOCK_MS = 1_770_000_000_000;
/** Later than any machine that runs this. */
const FAR_CLOCK_MS = 4_000_000_000_000;

const status: Status = {
  clockMs: CLOCK_MS,
  clock: 'system',
  isSimulated: true,
  intake: 'running',
  mqttPort: 1883,
  connections: 1,
  connectionsRefused: {},
  packetsPerSecond: 1,
  coreLagP99Ms: 2,
  newestObservedAtMs: null,
  journalBytes: 0,
  journalRecords: 0,
  vehicles: 0,
  vehiclesMoving: 0,
  tenthsToday: 5,
  penceToday: 15,
  alarms: [],
  counts: {
    packets: { received: 0, decoded: 0, refused: {}, duplicate: 0, acknowledged: 0 },
    readings: { decoded: 0, accepted: 0, superseded: 0, jitter: 0, repeat: 0, quarantined: {}, unclaimed: 0 },
    journal: { records: 0, bytes: 0 },
    vehicles: 0,
    tenths: 5,
    pence: 15,
  },
};

/** A shell and a core at the far end of the port, played by the test. */
function surroundings() {
  let tellState: (state: CoreState) => void = () => undefined;
  let takePort: (event: MessageEvent) => void = () => undefined;
  let elapsedMs = 0;
  const bridge: MilepostBridge = {
    requestPort: () => undefined,
    appInfo: () => Promise.reject(new Error('not asked here')),
    onCoreState: (listener) => {
      tellState = listener;
    },
    onNotice: () => undefined,
    startOnPort: () => undefined,
    simulatorDo: () => undefined,
    onSimulator: () => undefined,
    resetDemo: () => undefined,
  };
  const window = {
    addEventListener: (_type: string, listener: (event: MessageEvent) => void) => {
      takePort = listener;
    },
  };
  const link = connectToCore({
    bridge,
    window: window as Pick<Window, 'addEventListener'>,
    monotonicMs: () => elapsedMs,
  });
  const startCore = () => {
    const { port1, port2 } = new MessageChannel();
    const asked: AskMessage[] = [];
    let arrived: () => void = () => undefined;
    port2.addEventListener('message', ({ data }: MessageEvent<AskMessage>) => {
      asked.push(data);
      arrived();
    });
    port2.start();
    takePort({ data: PORT_MESSAGE, ports: [port1] as readonly MessagePort[] } as MessageEvent);
    return {
      asked,
      nextAsk: () => new Promise<void>((resolve) => (arrived = resolve)),
      say: (message: CoreMessage | ArrayBuffer) => port2.postMessage(message),
      close: () => port2.close(),
    };
  };
  const nextChange = () =>
    new Promise<void>((resolve) => {
      const stop = link.subscribe(() => {
        stop();
        resolve();
      });
    });
  return {
    link,
    startCore,
    nextChange,
    tellState: (state: CoreState) => tellState(state),
    pass: (ms: number) => (elapsedMs += ms),
  };
}

test('a question gets the answer with its number, checked', async () => {
  const { link, startCore } = surroundings();
  const core = startCore();
  const asking = core.nextAsk();
  const answer = link.ask('vehicle.now', { vehicle: 'v1' });
  await asking;
  expect(core.asked).toEqual([{ ask: 'vehicle.now', id: 1, input: { vehicle: 'v1' } }]);
  core.say({ answer: 1, ok: true, value: null });

  expect(await answer).toEqual({ ok: true, value: null });
  core.close();
});

test('an answer of another shape settles its question as a failure that names it', async () => {
  const { link, startCore } = surroundings();
  const core = startCore();
  let asking = core.nextAsk();
  const wrong = link.ask('money.documents', { operator: null, openOnly: false, limit: 1 });
  await asking;
  core.say({ answer: 1, ok: true, value: { documents: [], matching: 'many' } });
  expect(await wrong).toEqual({
    ok: false,
    error:
      'the answer to “money.documents” is not what this window understands at “matching”; close Milepost and start it again',
  });

  asking = core.nextAsk();
  const right = link.ask('money.documents', { operator: null, openOnly: false, limit: 1 });
  await asking;
  core.say({ answer: 2, ok: true, value: { documents: [], matching: 0 } });
  expect(await right).toEqual({ ok: true, value: { documents: [], matching: 0 } });
  core.close();
});

test('without a core a question fails at once, and a restart fails what was waiting', async () => {
  const { link, startCore, tellState } = surroundings();
  expect(await link.ask('fleet.roster', {})).toEqual({
    ok: false,
    error: 'not connected to the core process yet',
  });

  const core = startCore();
  const lost = link.ask('fleet.roster', {});
  tellState({ state: 'restarting', attempt: 1, retryInMs: 500 });
  expect(await lost).toEqual({ ok: false, error: 'the core process is not running' });
  expect(link.coreState()).toEqual({ state: 'restarting', attempt: 1, retryInMs: 500 });
  core.close();
});

test('a new port takes the place of the dead one and keeps the last status', async () => {
  const { link, startCore, nextChange } = surroundings();
  let rosterAsked = 0;
  link.onRosterChanged(() => (rosterAsked += 1));
  const first = startCore();
  const changed = nextChange();
  first.say({ push: 'status', value: status });
  await changed;
  const second = startCore();

  expect(link.status()).toEqual(status);
  expect(rosterAsked).toBe(2);
  const asking = second.nextAsk();
  void link.ask('fleet.roster', {});
  await asking;
  expect(second.asked).toHaveLength(1);
  first.close();
  second.close();
});

test('the clock is the core’s: it runs on under a system clock and stands under a driven one', async () => {
  const { link, startCore, nextChange, pass } = surroundings();
  const core = startCore();
  let changed = nextChange();
  core.say({ push: 'status', value: { ...status, clockMs: FAR_CLOCK_MS } });
  await changed;
  pass(1_500);
  expect(link.nowMs()).toBe(FAR_CLOCK_MS + 1_500);
  expect(link.silentForMs()).toBe(1_500);

  // Nothing was recorded since, so the core reports the same time again: ours runs on.
  changed = nextChange();
  core.say({ push: 'status', value: { ...status, clockMs: FAR_CLOCK_MS } });
  await changed;
  expect(link.nowMs()).toBe(FAR_CLOCK_MS + 1_500);
  expect(link.silentForMs()).toBe(0);

  changed = nextChange();
  core.say({ push: 'status', value: { ...status, clock: 'driven' } });
  await changed;
  pass(1_500);
  expect(link.nowMs()).toBe(CLOCK_MS);
  core.close();
});

test('position frames reach their listeners as columns', async () => {
  const { link, startCore } = surroundings();
  const core = startCore();
  const frame = newFeedFrame(1, 7, CLOCK_MS);
  frame.slots[0] = 3;
  const seen = new Promise((resolve) => {
    link.onFrame(({ sequence, count, slots }) => resolve({ sequence, count, slots: [...slots] }));
  });
  core.say(frame.buffer);

  expect(await seen).toEqual({ sequence: 7, count: 1, slots: [3] });
  core.close();
});
