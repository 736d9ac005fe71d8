import { z } from 'zod';

/**
 * The loopback channel that moves a driven clock: JSON lines over TCP on 127.0.0.1. The first line is
 * `{"token":"…"}` (the text of the data folder's `control-token` file); after it each `{"tick":<epoch ms>}` is answered,
 * when it is on disk and folded, by `{"ok":true,"position":n}`; anything else by `{"ok":false,"problem":"…"}`.
 */
export const controlHelloSchema = z.strictObject({ token: z.string().min(1) });
export const controlTickSchema = z.strictObject({ tick: z.number().int().nonnegative() });
export const controlReplySchema = z.union([
  z.strictObject({ ok: z.literal(true), position: z.number().int().nonnegative().optional() }),
  z.strictObject({ ok: z.literal(false), problem: z.string() }),
]);
export type ControlReply = z.infer<typeof controlReplySchema>;
