import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CoreState } from '../../core/protocol/bridge.ts';
import type { CoreStart } from '../../core/protocol/process-messages.ts';
import { must } from '../../core/base/assert.ts';
import { fail, ok } from '../../core/base/result.ts';
import type { Counts, Ready } from '../../core/protocol/report.ts';
import type { ChildProcess } from './child-process.ts';
import { CoreSupervisor } from './core-supervisor.ts';

const options: CoreStart = { data: '/srv/fleet', clock: 'system', mqttPort: 1883, host: '127.0.0.1' };
const ready: Ready = { ready: true, pid: 77, mqtt: 1883, data: '/srv/fleet' };
const counts: Counts = {
  packets: { received: 0, decoded: 0, refused: {}, duplicate: 0, acknowledged: 0 },
  readings: { decoded: 0, accepted: 0, superseded: 0, jitter: 0, repeat: 0, quarantined: {}, unclaimed: 0 },
  journal: { records: 0, bytes: 0 },
  vehicles: 0,
  tenths: 0,
  pence: 0,
};

/** Stands in for the core process: what it was told is kept, what it says and when it ends is the test's to decide. */
class FakeCore implements ChildProcess {
  readonly pid = 77;
  readonly heard: unknown[] = [];
  #onMessage: (message: unknown) => void = () => undefined;
  readonly #onExit: ((code: number) => void)[] = [];

  postMessage(message: unknown): void {
    this.heard.push(message);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#onMessage = listener;
  }
  onExit(listener: (code: number) => void): void {
    this.#onExit.push(listener);
  }
  kill(): void {
    this.end(143);
  }
  say(message: unknown): void {
    this.#onMessage(message);
  }
  end(code: number): void {
    for (const listener of this.#onExit) listener(code);
  }
}

function supervise() {
  const cores: FakeCore[] = [];
  const states: CoreState[] = [];
  const readies: Ready[] = [];
  const fork = (): FakeCore => {
    const core = new FakeCore();
    cores.push(core);
    return core;
  };
  const supervisor = new CoreSupervisor(fork, {
    onState: (state) => states.push(state),
    onReady: (each) => readies.push(each),
  });
  const core = (index: number): FakeCore => must(cores[index], `core ${index} was not started`);
  return { supervisor, core, cores, states, readies };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the core process', () => {
  test('is told what to open and is running when it says so', async () => {
    const { supervisor, core, states, readies } = supervise();
    const started = supervisor.start(options);
    core(0).say({ ready });
    expect(await started).toEqual(ok(ready));
    expect(core(0).heard).toEqual([{ start: options }]);
    expect(states).toEqual([{ state: 'starting' }, { state: 'running', mqttPort: 1883 }]);
    expect(readies).toEqual([ready]);
  });

  test('is started again with growing pauses when it ends by itself, with what it was told before', async () => {
    const { supervisor, core, cores, states, readies } = supervise();
    void supervisor.start(options);
    core(0).say({ ready });
    core(0).end(9);
    await vi.advanceTimersByTimeAsync(250);
    core(1).end(9);
    await vi.advanceTimersByTimeAsync(500);
    core(2).say({ ready });
    expect(cores.map((each) => each.heard)).toEqual([
      [{ start: options }],
      [{ start: options }],
      [{ start: options }],
    ]);
    expect(states.slice(2)).toEqual([
      { state: 'restarting', attempt: 1, retryInMs: 250 },
      { state: 'restarting', attempt: 2, retryInMs: 500 },
      { state: 'running', mqttPort: 1883 },
    ]);
    expect(readies).toHaveLength(2);
  });

  test('that has run for a minute is started again as fast as the first time', async () => {
    const { supervisor, core, states } = supervise();
    void supervisor.start(options);
    core(0).say({ ready });
    core(0).end(9);
    await vi.advanceTimersByTimeAsync(250);
    core(1).say({ ready });
    await vi.advanceTimersByTimeAsync(61_000);
    core(1).end(9);
    expect(states.at(-1)).toEqual({ state: 'restarting', attempt: 1, retryInMs: 250 });
  });

  test('that keeps ending is tried twice a minute, for ever', async () => {
    const { supervisor, core, states } = supervise();
    void supervisor.start(options);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      core(attempt).end(1);
      await vi.advanceTimersByTimeAsync(30_000);
    }
    core(12).end(1);
    expect(states.at(-1)).toEqual({ state: 'restarting', attempt: 13, retryInMs: 30_000 });
  });

  test('whose port is taken is not started again until somebody names another', async () => {
    const { supervisor, core, cores, states } = supervise();
    const started = supervisor.start(options);
    const failure = { problem: 'MQTT port 1883 is in use', nextFreePort: 1884 };
    core(0).say({ failed: failure });
    expect(await started).toEqual(fail(failure));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cores).toHaveLength(1);
    supervisor.startOnPort(1884);
    core(1).say({ ready: { ...ready, mqtt: 1884 } });
    expect(core(1).heard).toEqual([{ start: { ...options, mqttPort: 1884 } }]);
    expect(states.slice(1)).toEqual([
      { state: 'failed', ...failure },
      { state: 'starting' },
      { state: 'running', mqttPort: 1884 },
    ]);
  });

  test('that finds its port held right after a crash tries again, and in the end asks a person', async () => {
    const { supervisor, core, states } = supervise();
    void supervisor.start(options);
    core(0).say({ ready });
    core(0).end(9);
    const failure = { problem: 'MQTT port 1883 is in use', nextFreePort: 1884 };
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await vi.advanceTimersByTimeAsync(30_000);
      core(attempt).say({ failed: failure });
    }
    expect(states.slice(2)).toEqual([
      { state: 'restarting', attempt: 1, retryInMs: 250 },
      { state: 'restarting', attempt: 2, retryInMs: 500 },
      { state: 'restarting', attempt: 3, retryInMs: 1_000 },
      { state: 'restarting', attempt: 4, retryInMs: 2_000 },
      { state: 'restarting', attempt: 5, retryInMs: 4_000 },
      { state: 'failed', ...failure },
    ]);
  });

  test('gives its counts when asked, and nothing when it ends instead', async () => {
    const { supervisor, core } = supervise();
    void supervisor.start(options);
    expect(await supervisor.report()).toBeNull();
    core(0).say({ ready });
    const answered = supervisor.report();
    core(0).say({ report: counts });
    expect(await answered).toEqual(counts);
    const unanswered = supervisor.report();
    core(0).end(9);
    expect(await unanswered).toBeNull();
  });

  test('is asked to stop, and ended when it does not', async () => {
    const { supervisor, core, cores } = supervise();
    void supervisor.start(options);
    core(0).say({ ready });
    let isStopped = false;
    const stopped = supervisor.stop().then(() => (isStopped = true));
    expect(core(0).heard.at(-1)).toEqual({ stop: true });
    await vi.advanceTimersByTimeAsync(14_000);
    expect(isStopped).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    await stopped;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cores).toHaveLength(1);
  });
});
