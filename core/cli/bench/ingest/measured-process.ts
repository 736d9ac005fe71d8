import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

/** A program of the bundle folder, running, that can be asked how much processor time it has used. */
export interface MeasuredProcess {
  /** Its first line on standard output. */
  readonly firstLine: string;
  processorMicroseconds(): Promise<number>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

const COMPLAINTS_KEPT = 2_000;

/** Starts it and waits for its first line; throws with what it said on standard error when it ends before. */
export async function startMeasured(program: string, args: readonly string[]): Promise<MeasuredProcess> {
  const teller = pathToFileURL(path.resolve('tell-processor-time.js')).href;
  const child = spawn(process.execPath, ['--import', teller, path.resolve(program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints = (complaints + String(chunk)).slice(-COMPLAINTS_KEPT);
  });
  const ended = once(child, 'exit');
  const firstLine = await Promise.race([lineOf(child), ended.then(() => null)]);
  if (firstLine === null) throw new Error(`${program} did not start: ${complaints}`);
  return {
    firstLine,
    processorMicroseconds: async () => {
      const answered = once(child, 'message') as Promise<[{ processorMicroseconds: number }]>;
      child.send('processor-time');
      const [answer] = await answered;
      return answer.processorMicroseconds;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function lineOf(child: ChildProcess): Promise<string | null> {
  if (child.stdout === null) return null;
  for await (const line of readline.createInterface({ input: child.stdout })) return line;
  return null;
}
