/**
 * Progress for the person waiting: one line when a long step begins, one every fifteen seconds while it lasts, one
 * with its seconds when it ends. Everything goes to standard error; standard output belongs to data.
 */

const HEARTBEAT_MS = 15_000;

/** A step that cannot go on, with words for the person in front of the screen. Never a stack trace. */
export class SetupFailure extends Error {}

/** Prints one line of progress.
 * @param {string} line */
export function say(line) {
  process.stderr.write(`milepost: ${line}\n`);
}

/**
 * Runs one long step between two progress lines and hands back what it returned.
 * @template T
 * @param {string} title what is being done, as a clause: `installing dependencies`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAtMs = performance.now();
  say(`${title} …`);
  const heartbeat = setInterval(() => say(`${title} … ${secondsSince(startedAtMs)} s`), HEARTBEAT_MS);
  try {
    const result = await work();
    say(`${title}: done in ${secondsSince(startedAtMs)} s`);
    return result;
  } catch (error) {
    say(`${title}: failed after ${secondsSince(startedAtMs)} s`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Prints the words of a SetupFailure, or the whole error when it is our own mistake.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof SetupFailure) say(error.message);
  else console.error(error);
}

/**
 * Explains the error and ends the program.
 * @param {unknown} error
 * @returns {never}
 */
export function giveUp(error) {
  explain(error);
  process.exit(1);
}

/** @param {number} startedAtMs */
function secondsSince(startedAtMs) {
  return ((performance.now() - startedAtMs) / 1000).toFixed(1);
}
