import { z } from 'zod';

/** Everything a page may ask of the shell. What it wants to know of the fleet it asks the core, through its port. */
export const shellVerbSchema = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('app-info') }),
  z.strictObject({ verb: z.literal('core-state') }),
  z.strictObject({ verb: z.literal('take-notice') }),
  z.strictObject({ verb: z.literal('request-port') }),
  z.strictObject({ verb: z.literal('start-on-port'), mqttPort: z.number().int().min(1).max(65_535) }),
]);
export type ShellVerb = z.infer<typeof shellVerbSchema>;
