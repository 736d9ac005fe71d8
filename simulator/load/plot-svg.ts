import { figure } from './plot-text.ts';

export interface SvgPoint {
  readonly x: number;
  readonly y: number;
}

export interface SvgSeries {
  readonly name: string;
  /** Class of its colour in the report's style. */
  readonly tone: 'first' | 'second' | 'third';
  readonly points: readonly SvgPoint[];
}

export interface SvgPlot {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly SvgSeries[];
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
}

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 64;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 28;
const GRID_LINES = 4;

/** Lines over a common axis, as inline SVG. The table under each plot in the report says the same without it. */
export function plotSvg({ title, unit, series, xTicks }: SvgPlot): string {
  const points = series.flatMap((each) => each.points);
  const top = niceCeiling(Math.max(...points.map(({ y }) => y), 0));
  const right = Math.max(...points.map(({ x }) => x), 1);
  const xAt = (x: number): number => LEFT + (x / right) * (WIDTH - LEFT - RIGHT);
  const yAt = (y: number): number => HEIGHT - BOTTOM - (y / top) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: GRID_LINES + 1 }, (_, line) => (top * line) / GRID_LINES).map(
    (y) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(yAt(y))}" y2="${at(yAt(y))}"/>` +
      `<text class="tick" text-anchor="end" x="${LEFT - 6}" y="${at(yAt(y) + 4)}">${figure(y)}</text>`,
  );
  const ticks = xTicks.map(
    ({ x, label }) =>
      `<text class="tick" text-anchor="${x >= right ? 'end' : 'middle'}" x="${at(xAt(x))}" y="${HEIGHT - 8}">${escaped(label)}</text>`,
  );
  const lines = series.map(
    ({ tone, points: own }) =>
      `<polyline class="${tone}" points="${own.map(({ x, y }) => `${at(xAt(x))},${at(yAt(y))}`).join(' ')}"/>`,
  );
  const legend = series.map(({ name, tone }) => `<span class="${tone}">${escaped(name)}</span>`).join('');
  const label = `${title}, ${unit}`;
  return `<figure><figcaption>${escaped(title)} <small>${escaped(unit)}</small>${legend}</figcaption><svg role="img" aria-label="${escaped(label)}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${[...grid, ...ticks, ...lines].join('')}</svg></figure>`;
}

/** Text as it may stand in HTML, between tags and in an attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The next of 1, 2, 5, 10 … times a power of ten. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((step) => step * power >= value) ?? 10) * power;
}

function at(value: number): string {
  return value.toFixed(1);
}
