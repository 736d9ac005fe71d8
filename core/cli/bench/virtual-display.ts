import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Where windows can be opened: environment variables for a program that opens one. */
export interface Display {
  readonly variables: Readonly<Record<string, string>>;
  close(): void;
}

const OWN: Display = { variables: {}, close: () => undefined };

/** The display there is, else a virtual one, else null. */
export async function findDisplay(environment: NodeJS.ProcessEnv): Promise<Display | null> {
  const named = [environment['DISPLAY'], environment['WAYLAND_DISPLAY']];
  if (process.platform !== 'linux' || named.some((name) => (name ?? '') !== '')) return OWN;
  // Xvfb chooses a free number itself and writes it to the fourth stream once it answers.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const started = server.stdio[3];
  if (started === null || started === undefined) return null;
  const failed = Promise.race([once(server, 'error'), once(server, 'exit')]).then(
    () => null,
    () => null,
  );
  const number = await Promise.race([
    once(started, 'data').then(([digits]) => String(digits).trim()),
    failed,
  ]);
  if (number === null) return null;
  return { variables: { DISPLAY: `:${number}` }, close: () => void server.kill() };
}
