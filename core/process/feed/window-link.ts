import type { World } from '../../fold/world.ts';
import { frameSince } from '../../fleet/fleet.ts';
import {
  type AskMessage,
  askMessageSchema,
  asks,
  type CoreMessage,
  type Status,
} from '../../protocol/link.ts';
import type { Answerers } from './answer-asks.ts';

/** The part of a MessagePort that a link needs: Electron's and Node's both have it. */
export interface LinkPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start?(): void;
}

/** One window: sends it what changed on the map, the status, and the answers to what it asks. */
export class WindowLink {
  readonly #port: LinkPort;
  readonly #world: World;
  readonly #answerers: Answerers;
  #sequence = 0;
  #sentUpToChange = 0;
  #rosterVersion = -1;

  constructor(port: LinkPort, world: World, answerers: Answerers) {
    this.#port = port;
    this.#world = world;
    this.#answerers = answerers;
    port.on('message', (event) => this.#answer(event.data));
    port.start?.();
  }

  /** Sends a frame of what moved since the last one; nothing when nothing did. */
  sendFrame(): void {
    const world = this.#world;
    this.#sendRosterChange(world);
    const frame = frameSince(world.fleet, this.#sentUpToChange, this.#sequence, world.clockMs);
    if (frame === null) return;
    this.#sequence += 1;
    this.#sentUpToChange = frame.upToChange;
    this.#port.postMessage(frame.buffer);
  }

  sendStatus(status: Status): void {
    this.#send({ push: 'status', value: status });
  }

  #sendRosterChange(world: World): void {
    if (world.unsaved.rosterVersion === this.#rosterVersion) return;
    this.#rosterVersion = world.unsaved.rosterVersion;
    this.#send({ push: 'roster-changed' });
  }

  #answer(message: unknown): void {
    const parsed = askMessageSchema.safeParse(message);
    if (!parsed.success) return;
    void this.#answerTo(parsed.data).then((answer) => this.#send(answer));
  }

  async #answerTo({ ask, id, input }: AskMessage): Promise<CoreMessage> {
    const parsed = asks[ask].input.safeParse(input);
    if (!parsed.success)
      return { answer: id, ok: false, problem: `${ask}: ${parsed.error.issues[0]?.message ?? 'bad input'}` };
    const answerer = this.#answerers[ask] as (input: unknown) => unknown;
    return { answer: id, ok: true, value: await answerer(parsed.data) };
  }

  #send(message: CoreMessage): void {
    this.#port.postMessage(message);
  }
}
