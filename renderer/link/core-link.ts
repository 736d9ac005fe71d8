import type { z } from 'zod';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { CoreState, MilepostBridge } from '../../core/protocol/bridge.ts';
import { PORT_MESSAGE } from '../../core/protocol/bridge.ts';
import { type FeedFrame, readFeedFrame } from '../../core/protocol/feed-frame.ts';
import {
  type AskAnswer,
  type AskInput,
  type AskMessage,
  type AskName,
  asks,
  type CoreMessage,
  type Status,
  statusSchema,
} from '../../core/protocol/link.ts';
import { newCoreClock } from './core-clock.ts';
import { newListeners } from './listeners.ts';

/**
 * The window's end of the port to the core process: the only thing that touches it. It outlives the core: when the
 * core is started again a new port takes the place of the dead one, and what was last known stays readable meanwhile.
 */
export interface CoreLink {
  /** One question, one answer checked against its schema. Never rejects; the problem is a sentence. */
  readonly ask: <N extends AskName>(name: N, input: AskInput<N>) => Promise<Result<AskAnswer<N>, string>>;
  /** The last status pushed, even by a core that has died since; null before the first. */
  readonly status: () => Status | null;
  readonly coreState: () => CoreState;
  /** One sentence about the shell itself, until the next. */
  readonly notice: () => string | null;
  /** When anything of the three above, or the port, has changed. Returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Position frames, as they come. Returns how to stop. */
  readonly onFrame: (listener: (frame: FeedFrame) => void) => () => void;
  /** The roster may differ from the one last asked for: it grew, or another core answers. */
  readonly onRosterChanged: (listener: () => void) => () => void;
  /** The core's clock now, the one that ages are judged by. A real clock never goes back here. */
  readonly nowMs: () => number;
  /** How long since the last status: it comes every second while the core is well. */
  readonly silentForMs: () => number;
}

interface Waiting {
  readonly name: AskName;
  readonly settle: (result: Result<unknown, string>) => void;
}

/** The bridge as the shell exposes it, the window its port message arrives at, and a clock that never steps (ms). */
export interface LinkSurroundings {
  readonly bridge: MilepostBridge;
  readonly window: Pick<Window, 'addEventListener'>;
  readonly monotonicMs: () => number;
}

/** Listens, asks the shell for a port, and keeps up with the core from then on. */
export function connectToCore({ bridge, window, monotonicMs }: LinkSurroundings): CoreLink {
  let port: MessagePort | null = null;
  let nextId = 0;
  let status: Status | null = null;
  let coreState: CoreState = { state: 'starting' };
  let statusAtMs = monotonicMs();
  let notice: string | null = null;
  const clock = newCoreClock(monotonicMs);
  const waiting = new Map<number, Waiting>();
  const changes = newListeners<[]>();
  const frames = newListeners<[FeedFrame]>();
  const rosters = newListeners<[]>();

  const take = (message: CoreMessage): void => {
    if ('answer' in message) return settleAnswer(waiting, message);
    if (message.push === 'roster-changed') return rosters.tell();
    status = statusSchema.parse(message.value);
    statusAtMs = monotonicMs();
    clock.readStatus(status.clockMs, status.clock === 'driven');
    changes.tell();
  };
  const attach = (fresh: MessagePort): void => {
    port?.close();
    failAll(waiting, 'the core process was started again before it answered');
    port = fresh;
    readPort(fresh, take, (frame) => {
      clock.readFrame(frame.clockMs);
      frames.tell(frame);
    });
    rosters.tell();
    changes.tell();
  };

  window.addEventListener('message', (event) => {
    const [fresh] = event.ports;
    if (event.data === PORT_MESSAGE && fresh !== undefined) attach(fresh);
  });
  bridge.onCoreState((state) => {
    coreState = state;
    if (state.state === 'restarting' || state.state === 'failed')
      failAll(waiting, 'the core process is not running');
    changes.tell();
  });
  bridge.onNotice((words) => {
    notice = words;
    changes.tell();
  });
  bridge.requestPort();

  return {
    ask: (name, input) =>
      new Promise((resolve) => {
        if (port === null) return resolve(fail('not connected to the core process yet'));
        const id = (nextId += 1);
        // The schema was picked by the same name, so the value it passes is the answer of that name.
        waiting.set(id, {
          name,
          settle: (result) => resolve(result as Result<AskAnswer<typeof name>, string>),
        });
        port.postMessage({ ask: name, id, input } satisfies AskMessage);
      }),
    status: () => status,
    coreState: () => coreState,
    notice: () => notice,
    subscribe: changes.add,
    onFrame: frames.add,
    onRosterChanged: rosters.add,
    nowMs: clock.nowMs,
    silentForMs: () => monotonicMs() - statusAtMs,
  };
}

function failAll(waiting: Map<number, Waiting>, problem: string): void {
  for (const one of waiting.values()) one.settle(fail(problem));
  waiting.clear();
}

function readPort(
  port: MessagePort,
  onMessage: (message: CoreMessage) => void,
  onFrame: (frame: FeedFrame) => void,
): void {
  port.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | CoreMessage>) => {
    if (data instanceof ArrayBuffer) onFrame(readFeedFrame(data));
    else onMessage(data);
  });
  port.start();
}

function settleAnswer(
  waiting: Map<number, Waiting>,
  message: Extract<CoreMessage, { answer: number }>,
): void {
  const one = waiting.get(message.answer);
  if (one === undefined) return;
  waiting.delete(message.answer);
  if (!message.ok) return one.settle(fail(message.problem));
  const checked = asks[one.name].answer.safeParse(message.value);
  one.settle(checked.success ? ok(checked.data) : fail(shapeProblem(one.name, checked.error)));
}

/** Told where the question was asked: nobody else waits for it. */
function shapeProblem(name: AskName, { issues }: z.ZodError): string {
  const [first] = issues;
  const field = first === undefined || first.path.length === 0 ? '' : ` at “${first.path.join('.')}”`;
  return `the answer to “${name}” is not what this window understands${field}; close Milepost and start it again`;
}
