/** Stops with a message when something we ourselves promised does not hold. Bad input is never asserted: it is refused. */
export function assert(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new AssertionError(typeof message === 'string' ? message : message());
}

/** The value, or an assertion when it is missing. */
export function must<T>(value: T | null | undefined, message: string | (() => string)): T {
  assert(value !== null && value !== undefined, message);
  return value;
}

/** Ends a `switch` over a union: compiles only while every case is handled. */
export function unreachable(value: never): never {
  throw new AssertionError(`unexpected case: ${JSON.stringify(value)}`);
}

/** Our own mistake, never the input's. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}
