import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { UsageAnswer, UsageQuestion } from './tell-usage.ts';

/** A program of the bundle folder, running, that can be asked what it has used. */
export interface MeasuredProcess {
  /** Its first line on standard output. */
  readonly firstLine: string;
  /** Microseconds of processor time, all threads. */
  processorMicroseconds(): Promise<number>;
  residentBytes(): Promise<number>;
  /** The same after its garbage is collected. */
  residentBytesCollected(): Promise<number>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
  /** Ends it in the middle of whatever it does, and waits until it has. */
  kill(): Promise<void>;
}

const COMPLAINTS_KEPT = 2_000;

/** Starts it and waits for its first line; throws with what it said on standard error when it ends before. */
export async function startMeasured(program: string, args: readonly string[]): Promise<MeasuredProcess> {
  const teller = pathToFileURL(path.resolve('tell-usage.js')).href;
  const child = spawn(process.execPath, ['--expose-gc', '--import', teller, path.resolve(program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints = (complaints + String(chunk)).slice(-COMPLAINTS_KEPT);
  });
  const ended = once(child, 'exit');
  const firstLine = await Promise.race([lineOf(child), ended.then(() => null)]);
  if (firstLine === null) throw new Error(`${program} did not start: ${complaints}`);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    firstLine,
    processorMicroseconds: () => usageOf(child, 'processor-time'),
    residentBytes: () => usageOf(child, 'resident-bytes'),
    residentBytesCollected: () => usageOf(child, 'resident-bytes-collected'),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function usageOf(child: ChildProcess, question: UsageQuestion): Promise<number> {
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('the measured process is gone'));
    const take = (answer: unknown): void => {
      const { question: asked, value } = answer as UsageAnswer;
      if (asked !== question) return;
      child.off('message', take);
      child.off('exit', gone);
      resolve(value);
    };
    child.on('message', take);
    child.once('exit', gone);
    child.send(question);
  });
}

async function lineOf(child: ChildProcess): Promise<string | null> {
  if (child.stdout === null) return null;
  for await (const line of readline.createInterface({ input: child.stdout })) return line;
  return null;
}
