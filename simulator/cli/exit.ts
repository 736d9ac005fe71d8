/** Exit codes of every verb. */
export const EXIT = {
  pass: 0,
  runError: 1,
  badUsage: 2,
  unreachable: 3,
  thresholdMissed: 4,
  generatorTooSlow: 5,
} as const;

/** Says a line to people, on standard error, and gives the exit code back. */
export function say(exitCode: number, line: string): number {
  process.stderr.write(`${line}\n`);
  return exitCode;
}
