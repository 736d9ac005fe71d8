import { z } from 'zod';
import { bookSchema } from './book.ts';
import { rawFeeds } from './raw-topic.ts';
import { countsSchema, readySchema } from './report.ts';
import { simulatorCommandSchema, simulatorViewSchema } from './simulator-panel.ts';

/**
 * What the shell says to the two processes it starts, and what they say back. Every message is one object whose first
 * key is its verb. Nothing of the fleet travels here: a window talks to the core through a port of its own.
 */

const port = z.number().int().min(1).max(65_535);
const flag = z.literal(true);

/** `certificate` with those up to its authority; without `clientAuthority` devices show no certificates. */
const tlsFilesSchema = z.strictObject({
  certificate: z.string().min(1),
  privateKey: z.string().min(1),
  clientAuthority: z.string().min(1).optional(),
});

/** A port for each feed that is listened for; 0 takes any free one. */
const rawPortsSchema = z.partialRecord(z.enum(rawFeeds), z.number().int().min(0).max(65_535));

/** Everything the core process needs to know before it opens its data folder. */
export const coreStartSchema = z.strictObject({
  /** The data folder; made when it does not exist. */
  data: z.string().min(1),
  /** Given to an empty data folder as its first decision; ignored by a folder that has a book. */
  book: bookSchema.optional(),
  clock: z.enum(['system', 'driven']),
  mqttPort: port,
  /** An address of this machine. Outside loopback only the TLS listener is there; plain MQTT stays on 127.0.0.1. */
  host: z.string().min(1),
  /** MQTT over TLS; not offered when left out. */
  mqttsPort: port.optional(),
  /** Certificates of the operator's, paths of PEM files; the app makes its own when left out. */
  tls: tlsFilesSchema.optional(),
  /** Trackers that speak their maker's own protocol; not listened for when left out. */
  tcpPorts: rawPortsSchema.optional(),
  udpPorts: rawPortsSchema.optional(),
  /** Clients without a credential, which are on this machine, may subscribe to all that is told; they may not when left out. */
  anonymousMayHear: z.boolean().optional(),
  /** Marks a folder that is being created as simulated, for good; a driven clock needs it. */
  createSimulated: z.boolean().optional(),
});
export type CoreStart = z.infer<typeof coreStartSchema>;

/** Shell to core. `window` brings a MessagePort, which becomes the link of one window (link.ts). */
export const toCoreSchema = z.union([
  z.strictObject({ start: coreStartSchema }),
  z.strictObject({ window: flag }),
  z.strictObject({ report: flag }),
  z.strictObject({ stop: flag }),
]);
export type ToCore = z.infer<typeof toCoreSchema>;

/** Why the core could not start; `nextFreePort` when the MQTT port is taken and another one near it is not. */
export const coreFailureSchema = z.strictObject({ problem: z.string(), nextFreePort: port.optional() });
export type CoreFailure = z.infer<typeof coreFailureSchema>;

/** Core to shell. After `stopped` or `failed` the process ends by itself. */
export const fromCoreSchema = z.union([
  z.strictObject({ ready: readySchema }),
  z.strictObject({ failed: coreFailureSchema }),
  z.strictObject({ report: countsSchema }),
  z.strictObject({ stopped: countsSchema }),
]);
export type FromCore = z.infer<typeof fromCoreSchema>;

/** What the simulator is to play. The same values give the same fleet, second for second. */
export const simulatorStartSchema = z.strictObject({
  /** The name of a city pack. */
  city: z.string().min(1),
  vehicles: z.number().int().positive(),
  seed: z.number().int(),
  /** The folder that holds the city packs. */
  packsFolder: z.string().min(1),
  /** When the live part begins, epoch milliseconds. */
  startMs: z.number().int().nonnegative(),
  /** How many days before it are driven at speed first. */
  historyDays: z.number().int().nonnegative(),
});
export type SimulatorStart = z.infer<typeof simulatorStartSchema>;

/** Where the simulator finds the broker and the clock it drives. */
export const simulatorGoSchema = z.strictObject({
  mqttPort: port,
  controlPort: port,
  token: z.string().min(1),
});
export type SimulatorGo = z.infer<typeof simulatorGoSchema>;

/** Shell to simulator: `start`, then, when its book is in the core, `go`, at the end `stop`; `do` as a person says. */
export const toSimulatorSchema = z.union([
  z.strictObject({ start: simulatorStartSchema }),
  z.strictObject({ go: simulatorGoSchema }),
  z.strictObject({ do: simulatorCommandSchema }),
  z.strictObject({ stop: flag }),
]);
export type ToSimulator = z.infer<typeof toSimulatorSchema>;

/** Simulator to shell. `truth` is what really happened, in the simulator's own shape. */
export const fromSimulatorSchema = z.union([
  z.strictObject({ book: bookSchema }),
  z.strictObject({ view: simulatorViewSchema }),
  z.strictObject({ stopped: z.strictObject({ truth: z.unknown() }) }),
  z.strictObject({ failed: z.strictObject({ problem: z.string() }) }),
]);
export type FromSimulator = z.infer<typeof fromSimulatorSchema>;
