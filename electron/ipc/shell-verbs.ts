import { z } from 'zod';
import { simulatorCommandSchema } from '../../core/protocol/simulator-panel.ts';

/** Everything a page may ask of the shell. What it wants to know of the fleet it asks the core, through its port. */
export const shellVerbSchema = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('app-info') }),
  z.strictObject({ verb: z.literal('core-state') }),
  z.strictObject({ verb: z.literal('take-notice') }),
  z.strictObject({ verb: z.literal('request-port') }),
  z.strictObject({ verb: z.literal('start-on-port'), mqttPort: z.number().int().min(1).max(65_535) }),
  z.strictObject({ verb: z.literal('simulator-view') }),
  z.strictObject({ verb: z.literal('simulator-do'), command: simulatorCommandSchema }),
  z.strictObject({ verb: z.literal('reset-demo') }),
]);
export type ShellVerb = z.infer<typeof shellVerbSchema>;
