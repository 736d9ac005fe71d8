/**
 * Rule M7: the odometer at an instant, linear between the accepted readings either side, floored to a micrometre. Exact:
 * products beyond 2^53 go through big integers.
 */
export function interpolateMicrometres(
  beforeMs: number,
  beforeMicrometres: number,
  afterMs: number,
  afterMicrometres: number,
  atMs: number,
): number {
  const elapsedMs = atMs - beforeMs;
  const spanMs = afterMs - beforeMs;
  const distance = afterMicrometres - beforeMicrometres;
  const product = elapsedMs * distance;
  if (product <= Number.MAX_SAFE_INTEGER) return beforeMicrometres + (product - (product % spanMs)) / spanMs;
  return beforeMicrometres + Number((BigInt(elapsedMs) * BigInt(distance)) / BigInt(spanMs));
}
