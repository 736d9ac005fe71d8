import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { type Counts, countsSchema, type Ready, readySchema } from '../../core/protocol/report.ts';

/** A core process as a user runs it, in a process of its own. */
export interface ServedCore {
  readonly ready: Ready;
  /** SIGKILL: no handler runs, nothing is flushed. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: drains, snapshots, writes its report. */
  stop(): Promise<Counts>;
}

const MILEPOST = path.resolve('core/cli/milepost.ts');

/** Runs `milepost serve` (or another entry that takes the same arguments) and waits until it is ready. */
export async function serveCore(
  data: string,
  more: readonly string[] = [],
  entry: string = MILEPOST,
): Promise<ServedCore> {
  const report = path.join(path.dirname(data), `${path.basename(data)}-report.json`);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', entry, 'serve', '--data', data, '--report', report, ...more],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const words: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk.toString()));
  const exited = once(child, 'exit');
  const ready = await Promise.race([
    firstLine(child),
    exited.then(([code]) => Promise.reject(new Error(`serve ended with ${code}: ${words.join('')}`))),
  ]);
  return {
    ready,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = (await exited) as [number | null];
      if (code !== 0) throw new Error(`serve ended with ${code}: ${words.join('')}`);
      return countsSchema.parse(JSON.parse(fs.readFileSync(report, 'utf8')));
    },
  };
}

async function firstLine(child: ChildProcess): Promise<Ready> {
  const { stdout } = child;
  if (stdout === null) throw new Error('serve has no stdout');
  for await (const line of readline.createInterface({ input: stdout }))
    return readySchema.parse(JSON.parse(line));
  throw new Error('serve said nothing');
}
