import { Command } from 'commander';
import { vi } from 'vitest';

/** What a verb printed, and its exit code. */
export interface VerbRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a verb in this process: a process each would be most of a test's time. */
export async function runVerb(
  addVerbs: (program: Command) => void,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<VerbRun> {
  const said = { stdout: '', stderr: '' };
  const listen = (stream: 'stdout' | 'stderr') =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    });
  const spies = [listen('stdout'), listen('stderr')];
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const program = new Command('milepost').exitOverride();
  addVerbs(program);
  try {
    await program.parseAsync([...words], { from: 'user' });
  } finally {
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
  const status = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { status, ...said };
}
