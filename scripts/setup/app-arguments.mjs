import { SetupFailure } from './progress.mjs';

/**
 * The demo fleet is the main job, so it comes unasked; `--no-demo` opens an empty control room.
 * @param {readonly string[]} appArguments
 * @returns {readonly string[]}
 */
export function withDemo(appArguments) {
  const isDecided = appArguments.includes('--demo') || appArguments.includes('--no-demo');
  return isDecided ? appArguments : ['--demo', ...appArguments];
}

/**
 * Milliseconds of `--smoke 60s` or `--smoke=60s`, or undefined without it.
 * @param {readonly string[]} appArguments
 * @returns {number | undefined}
 */
export function smokeDurationMs(appArguments) {
  const index = appArguments.findIndex(
    (argument) => argument === '--smoke' || argument.startsWith('--smoke='),
  );
  if (index === -1) return undefined;
  const text = appArguments[index]?.split('=')[1] ?? appArguments[index + 1] ?? '';
  const [, number, unit] = /^(\d+)(ms|s|m)$/.exec(text) ?? [];
  if (number === undefined) throw new SetupFailure(`--smoke takes a time such as 60s or 2m, not "${text}"`);
  return Number(number) * (unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1);
}
