import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { findElectron } from '../doctor-electron.ts';
import type { BenchRun } from './bench-outcome.ts';
import type { FeedTurns } from './feed-app/core.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { median } from './verdict.ts';
import { findDisplay } from './virtual-display.ts';

const PATIENCE_MS = 60_000;

/** A real Electron, a hidden window: what a whole fleet costs to show, and what a twentieth of it costs. */
export async function benchFeed(): Promise<BenchRun> {
  const electron = findElectron({ checkout: path.resolve('../../..'), environment: process.env });
  if (electron === null) return { skipped: 'there is no Electron here yet: npm start fetches it' };
  const display = await findDisplay(process.env);
  if (display === null) return { skipped: 'there is no display, and no Xvfb to make one' };
  try {
    const turns = await inScratchFolder((folder) =>
      runFeedApp(electron.executable, folder, display.variables),
    );
    const frameMs = median(turns.rounds.map((round) => round.frameMs));
    const deltaMs = median(turns.rounds.map((round) => round.deltaMs));
    return {
      rounds: turns.rounds.map((round) => ({ floor: round.bareMs, product: round.frameMs })),
      notes: [
        `${turns.frameBytes.toLocaleString('en-GB')} bytes a frame, built, sent, read into slots, answered`,
        `5 % of the fleet: ${deltaMs.toFixed(2)} ms, ${((deltaMs * 100) / frameMs).toFixed(0)} % of a whole frame`,
        `Electron ${electron.version}, utility process to ${isRoot() ? 'a window (root: no sandbox)' : 'a sandboxed window'}`,
      ],
    };
  } finally {
    display.close();
  }
}

async function runFeedApp(
  executable: string,
  folder: string,
  display: Readonly<Record<string, string>>,
): Promise<FeedTurns> {
  const flags = [`--user-data-dir=${folder}`, '--disable-gpu', ...(isRoot() ? ['--no-sandbox'] : [])];
  const child = spawn(executable, [...flags, path.resolve('feed-app')], {
    env: { ...process.env, ...display },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  const [output, complaints] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  const answer = output.split('\n').find((line) => line.startsWith('{'));
  if (answer === undefined) throw new Error(`Electron gave no answer: ${complaints.slice(-2_000)}`);
  return JSON.parse(answer) as FeedTurns;
}

/** Chromium refuses its sandbox to root. */
function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}
