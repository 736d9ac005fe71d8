import { z } from 'zod';
import { bookSchema } from './book.ts';

/** Every decision names who took it and why; the demo's and a first book's actor is `system`. */
export const decisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('load-book'),
    actor: z.string().min(1),
    reason: z.string().min(1),
    book: bookSchema,
  }),
]);

export type Decision = z.infer<typeof decisionSchema>;
