/** `2026-01-01T00:00:00Z`, with milliseconds only when there are some. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}

/** `20260101000000`, UTC. */
export function compactTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\D/g, '').slice(0, 14);
}
