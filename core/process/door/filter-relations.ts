/** Whether every topic that `wanted` matches falls under `allowed` too. Both keep to MQTT's rule. */
export function coversFilter(allowed: string, wanted: string): boolean {
  const allowedLevels = allowed.split('/');
  const wantedLevels = wanted.split('/');
  for (let i = 0; ; i += 1) {
    const level = wantedLevels[i];
    // `a/#` is also `a` itself.
    if (allowedLevels[i] === '#') return true;
    if (allowedLevels[i] === undefined || level === undefined) return allowedLevels[i] === level;
    if (level === '#') return false;
    if (allowedLevels[i] !== '+' && allowedLevels[i] !== level) return false;
  }
}

/** Whether there is a topic that both filters match. */
export function haveCommonTopic(filter: string, other: string): boolean {
  const levels = filter.split('/');
  const otherLevels = other.split('/');
  for (let i = 0; ; i += 1) {
    if (levels[i] === '#' || otherLevels[i] === '#') return true;
    if (levels[i] === undefined || otherLevels[i] === undefined) return levels[i] === otherLevels[i];
    if (levels[i] !== '+' && otherLevels[i] !== '+' && levels[i] !== otherLevels[i]) return false;
  }
}
