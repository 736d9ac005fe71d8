import type { PointE6 } from '../source-way.ts';

/** A closed line; its first point is not repeated at its end. */
type Ring = readonly PointE6[];

/**
 * The rings of an area made of ways: outer ones the one way round, each followed by its holes the other way round. Lines
 * are joined at their ends; what does not close, because the extract ends there, is left out.
 */
export function areaRings(outerLines: readonly Ring[], innerLines: readonly Ring[]): Ring[] {
  const outers = closedRings(outerLines).map((ring) => turned(ring, 1));
  const inners = closedRings(innerLines).map((ring) => turned(ring, -1));
  return outers.flatMap((outer) => [
    outer,
    ...inners.filter(([first]) => first !== undefined && isInside(first, outer)),
  ]);
}

function closedRings(lines: readonly Ring[]): Ring[] {
  const open = lines.filter((line) => line.length > 1).map((line) => [...line]);
  const closed: Ring[] = [];
  for (let line = open.pop(); line !== undefined; line = open.pop()) {
    const end = line.at(-1);
    if (isSame(line[0], end)) {
      if (line.length > 3) closed.push(line.slice(0, -1));
      continue;
    }
    const next = open.findIndex((other) => isSame(other[0], end) || isSame(other.at(-1), end));
    if (next === -1) continue;
    const [found = []] = open.splice(next, 1);
    if (!isSame(found[0], end)) found.reverse();
    open.push([...line, ...found.slice(1)]);
  }
  return closed;
}

function isSame(a: PointE6 | undefined, b: PointE6 | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** The ring running the way round a sign says: 1 against the clock. */
function turned(ring: Ring, sign: 1 | -1): Ring {
  let doubleArea = 0;
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    doubleArea += x * nextY - nextX * y;
  });
  return Math.sign(doubleArea) === sign ? ring : ring.toReversed();
}

/** By counting how often a line to the east crosses the ring. */
function isInside([x, y]: PointE6, ring: Ring): boolean {
  let isIn = false;
  ring.forEach(([fromX, fromY], i) => {
    const [toX, toY] = ring[(i + 1) % ring.length] ?? [fromX, fromY];
    if (fromY > y !== toY > y && x < fromX + ((toX - fromX) * (y - fromY)) / (toY - fromY)) isIn = !isIn;
  });
  return isIn;
}
