import { type IPublishPacket, parser } from 'mqtt-packet';
import { z } from 'zod';
import type { SubscriberConnection } from '../../core/process/broker/teller.ts';
import {
  type OutboundEventKind,
  outboundEventSchemas,
  vehicleStateSchema,
} from '../../core/protocol/outbound.ts';

/** What a subscriber was told, with its message put through the published schema, which must know every key. */
export interface Told {
  readonly topic: string;
  readonly qos: number;
  readonly isRetained: boolean;
  readonly message: Readonly<Record<string, unknown>>;
}

/** A subscriber without a socket: it notes what it is told, and has room or none as the test says. */
export class FakeSubscriber implements SubscriberConnection {
  readonly told: Told[] = [];
  readonly messageIds: number[] = [];
  isCut = false;
  #hasRoom = true;
  #waiting: (() => void) | null = null;
  readonly #parser = parser();

  constructor() {
    this.#parser.on('packet', (packet) => {
      if (packet.cmd === 'publish') this.#note(packet);
    });
  }

  /** After each write there is no room until it is given. */
  takesOneWriteAtATime = false;

  hasRoom(): boolean {
    return this.#hasRoom && !this.isCut;
  }

  write(packets: Uint8Array): void {
    this.#parser.parse(Buffer.from(packets));
    if (this.takesOneWriteAtATime) this.#hasRoom = false;
  }

  onceRoom(run: () => void): void {
    this.#waiting = run;
  }

  cutAsTooSlow(): void {
    this.isCut = true;
  }

  takeRoom(): void {
    this.#hasRoom = false;
  }

  giveRoom(): void {
    this.#hasRoom = true;
    const run = this.#waiting;
    this.#waiting = null;
    run?.();
  }

  /** What was told since the last call. */
  take(): Told[] {
    return this.told.splice(0);
  }

  #note({ topic, qos, retain, payload, messageId }: IPublishPacket): void {
    const message = asPublished(JSON.parse(payload.toString()) as Record<string, unknown>);
    this.told.push({ topic, qos, isRetained: retain, message });
    if (messageId !== undefined) this.messageIds.push(messageId);
  }
}

function asPublished(message: Record<string, unknown>): Record<string, unknown> {
  const kind = message['event'] as OutboundEventKind | undefined;
  const { shape } = kind === undefined ? vehicleStateSchema : outboundEventSchemas[kind];
  return z.strictObject(shape).parse(message);
}
