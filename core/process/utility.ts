import { coreStartSchema, type FromCore, type ToCore, toCoreSchema } from '../protocol/process-messages.ts';
import { type Core, startCore } from './core-process.ts';
import type { LinkPort } from './feed/window-link.ts';
import { logLine } from './log-line.ts';

/** The core as an Electron utility process: the shell's messages in, ours out. `milepost serve` runs the same core in Node. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: LinkPort[] }) => void): void;
  postMessage(message: FromCore): void;
}

const { parentPort } = process as unknown as { parentPort: ParentPort };
let core: Core | null = null;

parentPort.on('message', ({ data, ports }) => {
  const message = toCoreSchema.safeParse(data);
  if (!message.success) {
    logLine('the shell sent a message the core does not know', { problem: message.error.issues[0]?.message });
    return;
  }
  void obey(message.data, ports[0]);
});

async function obey(message: ToCore, port: LinkPort | undefined): Promise<void> {
  if ('start' in message) return begin(message);
  if (core === null) return;
  if ('window' in message && port !== undefined) core.attachWindow(port);
  else if ('report' in message) parentPort.postMessage({ report: core.counts() });
  else if ('stop' in message) {
    parentPort.postMessage({ stopped: await core.stop() });
    setImmediate(() => process.exit(0));
  }
}

async function begin({ start }: Extract<ToCore, { start: unknown }>): Promise<void> {
  const started = await startCore(coreStartSchema.parse(start), { log: logLine });
  if (started.ok) {
    core = started.value;
    parentPort.postMessage({ ready: core.ready });
    return;
  }
  parentPort.postMessage({ failed: started.error });
  setImmediate(() => process.exit(1));
}

// Ctrl-C in a terminal reaches every process of the group; here the shell says when to stop.
process.on('SIGINT', () => undefined);
