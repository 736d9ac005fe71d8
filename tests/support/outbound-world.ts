import { newWorld, type World } from '../../core/fold/world.ts';
import { Outbound } from '../../core/process/outbound/outbound.ts';
import type { Book } from '../../core/protocol/book.ts';
import type { Decision } from '../../core/protocol/decision.ts';
import type { JournalRecord } from '../../core/protocol/journal-record.ts';
import { FakeSubscriber } from './fake-subscriber.ts';
import { type Arrival, fold, recordsOf } from './fold-packets.ts';

/** A world and what is told of it; a second passes when the test says so. */
export class OutboundWorld {
  readonly world: World;
  readonly outbound: Outbound;
  #rounds: (() => void) | null = null;

  /** Nothing of the world's past is told. */
  constructor(world: World = newWorld()) {
    this.world = world;
    this.outbound = new Outbound({
      world,
      isSimulated: false,
      every: (_ms, run) => {
        this.#rounds = run;
        return () => {
          this.#rounds = null;
        };
      },
    });
  }

  get hasTimer(): boolean {
    return this.#rounds !== null;
  }

  load(book: Book, atMs: number): void {
    this.decide({ decision: 'load-book', actor: 'system', reason: 'test', book }, atMs);
  }

  decide(decision: Decision, atMs: number): void {
    this.#commit([{ kind: 'decision', decision, position: this.world.nextPosition, receivedAtMs: atMs }]);
  }

  /** One batch. */
  commit(...arrivals: readonly Arrival[]): void {
    const from = this.world.nextPosition;
    this.#commit(
      recordsOf(null, arrivals).map((record) => ({ ...record, position: from + record.position })),
    );
  }

  /** A second passes, and everything that follows from it. */
  async second(): Promise<void> {
    this.#rounds?.();
    await turns();
  }

  async subscriber(...filters: readonly string[]): Promise<FakeSubscriber> {
    const subscriber = new FakeSubscriber();
    for (const filter of filters) this.outbound.subscribed(subscriber, filter, 1);
    await turns();
    return subscriber;
  }

  #commit(records: readonly JournalRecord[]): void {
    fold(records, this.world);
    this.outbound.noteCommitted(records);
  }
}

/** As many turns of the event loop as the longest of these tests needs. */
export async function turns(): Promise<void> {
  for (let i = 0; i < 60; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
