import { z } from 'zod';
import { accessAsks } from './access-asks.ts';
import { doorAsks } from './door-asks.ts';
import { ingestAsks } from './ingest-asks.ts';
import { moneyAsks } from './money-asks.ts';

/**
 * The loopback channel of a running core: JSON lines over TCP on 127.0.0.1. The first line is `{"token":"…"}` (the text
 * of the data folder's `control-token` file). After it
 * - each `{"tick":<epoch ms>}` moves a driven clock and is answered, when it is on disk and folded, by
 *   `{"ok":true,"position":n}`;
 * - each `{"ask":"…","input":{…}}` is a question of `controlAsks`, answered by `{"ok":true,"value":…}`.
 *
 * Anything else is answered by `{"ok":false,"problem":"…"}`. Answers come in the order of the lines. Who signs in (`session.sign-in`) is
 * signed in on this connection, until it closes.
 */
export const controlHelloSchema = z.strictObject({ token: z.string().min(1) });
export const controlTickSchema = z.strictObject({ tick: z.number().int().nonnegative() });
export const controlAskSchema = z.strictObject({ ask: z.string(), input: z.unknown() });
export const controlReplySchema = z.union([
  z.strictObject({
    ok: z.literal(true),
    position: z.number().int().nonnegative().optional(),
    value: z.unknown().optional(),
  }),
  z.strictObject({ ok: z.literal(false), problem: z.string() }),
]);
/** Questions about the door, what comes in by it, accounts and money: what a person asks who has no window. */
export const controlAsks = { ...doorAsks, ...ingestAsks, ...accessAsks, ...moneyAsks } as const;

export type ControlReply = z.infer<typeof controlReplySchema>;
