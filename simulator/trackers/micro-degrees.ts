/** Millionths of a degree as decimal text with all six places, the way boxes print them: -34.900000. */
export function microDegreesFixed(valueE6: number): string {
  const magnitude = String(Math.abs(valueE6)).padStart(7, '0');
  const cut = magnitude.length - 6;
  return `${valueE6 < 0 ? '-' : ''}${magnitude.slice(0, cut)}.${magnitude.slice(cut)}`;
}

/** Millionths of a degree as the JSON number a program would print: -34.9. */
export function microDegrees(valueE6: number): string {
  return JSON.stringify(valueE6 / 1e6);
}
