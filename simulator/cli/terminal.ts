import type { RunProgress } from '../run/drive-fleet.ts';

const CODES = { green: 32, red: 31, dim: 2 } as const;

/** Colours a word where a terminal shows it and nobody asked for none (NO_COLOR). */
export function coloured(word: string, colour: keyof typeof CODES, stream: NodeJS.WriteStream): string {
  const isPlain = !stream.isTTY || (process.env['NO_COLOR'] ?? '') !== '';
  return isPlain ? word : `\u001B[${CODES[colour]}m${word}\u001B[0m`;
}

/** Tells progress on standard error: one line that is written over on a terminal, a line each time elsewhere. */
export function tellProgress({ phase, virtualMs, packets, vehiclesMoving }: RunProgress): void {
  const line = `${phase} ${new Date(virtualMs).toISOString()}  ${packets} packets  ${vehiclesMoving} moving`;
  process.stderr.write(process.stderr.isTTY ? `\r${line}\u001B[K` : `${line}\n`);
}

/** Leaves the line that progress was written over on. */
export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\n');
}
