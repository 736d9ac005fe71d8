import type { CurvePoint, LoadResult } from './load-result.ts';
import type { SecondRow } from './phase-outcome.ts';
import { escaped, plotSvg, type SvgPoint, type SvgSeries } from './plot-svg.ts';
import { facts, headline, latencyCells, verdictText } from './report-text.ts';

/* Paper by day, screen by night, as the reader's system says; the three tones are told apart by dashes as well. */
const STYLE = `
:root { color-scheme: light dark; --paper: #fbfaf8; --ink: #22252a; --faint: #6a6f78; --line: #dcd9d3;
  --first: #1c5fa8; --second: #b4540a; --third: #5c7a1f; }
@media (prefers-color-scheme: dark) { :root { --paper: #16191d; --ink: #e6e4df; --faint: #9aa0a9; --line: #343a42;
  --first: #6fb1f2; --second: #f0a35e; --third: #a9c96a; } }
body { margin: 0 auto; max-width: 760px; padding: 24px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 20px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 28px 0 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th:first-child, td:first-child, .words td { text-align: left; }
th { color: var(--faint); font-weight: 600; } figure { margin: 16px 0; } svg { width: 100%; height: auto; }
figcaption { font-weight: 600; } figcaption small { color: var(--faint); font-weight: 400; margin-right: 16px; }
figcaption span { font-weight: 400; margin-right: 12px; white-space: nowrap; } figcaption span::before { content: '— '; }
span.first { color: var(--first); } span.second { color: var(--second); } span.third { color: var(--third); }
polyline { fill: none; stroke-width: 1.8; } polyline.first { stroke: var(--first); }
polyline.second { stroke: var(--second); stroke-dasharray: 6 3; } polyline.third { stroke: var(--third); stroke-dasharray: 2 3; }
.grid { stroke: var(--line); } .tick { fill: var(--faint); font-size: 11px; }
.verdict { white-space: pre-wrap; border-left: 4px solid var(--first); padding: 4px 12px; }
.verdict.bad { border-color: var(--second); }`;

/** The report as one page that needs nothing else: no script, no font, no network. */
export function reportHtml(results: readonly LoadResult[]): string {
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Load test</title><style>${STYLE}</style></head>
<body>${results.map(runSection).join('\n')}</body></html>
`;
}

function runSection(result: LoadResult): string {
  const { exitCode } = result.verdict;
  return `<section><h1>${escaped(headline(result))}</h1><p>${escaped(result.startedAt)}</p>
<p class="verdict${exitCode === 0 ? '' : ' bad'}">${escaped(verdictText(result))}</p>
<h2>Latency, milliseconds</h2>${latencyTable(result)}
<h2>Over time</h2>${ratePlot(result.seconds)}${latencyPlot(result.seconds)}
<h2>Distribution</h2>${distributionPlot(result)}
<h2>Counts, generator and machine</h2>${factTable(result)}</section>`;
}

function latencyTable({ response, service, connect, reconnect }: LoadResult): string {
  const rows = [
    ['response: due to acknowledged', response] as const,
    ['service: sent to acknowledged', service] as const,
    ['connect', connect] as const,
    ...(reconnect.count > 0 ? [['reconnect', reconnect] as const] : []),
  ];
  const head = ['', 'p50', 'p90', 'p99', 'p99.9', 'max', 'count'];
  const cells = (tag: string, values: readonly string[]): string =>
    `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join('')}</tr>`;
  const body = rows.map(([name, summary]) => cells('td', [name, ...latencyCells(summary)]));
  return `<table>${cells('th', head)}${body.join('')}</table>`;
}

function factTable(result: LoadResult): string {
  const rows = facts(result).map(
    ([name, words]) => `<tr><td>${escaped(name)}</td><td>${escaped(words)}</td></tr>`,
  );
  return `<table class="words">${rows.join('')}</table>`;
}

function ratePlot(seconds: readonly SecondRow[]): string {
  const series = (name: string, tone: SvgSeries['tone'], pick: (row: SecondRow) => number): SvgSeries => ({
    name,
    tone,
    points: seconds.map((row) => ({ x: row.second, y: pick(row) })),
  });
  return plotSvg({
    title: 'Rate',
    unit: 'packets a second',
    xTicks: secondTicks(seconds),
    series: [
      series('due', 'first', (row) => row.intended),
      series('sent', 'second', (row) => row.sent),
      series('acknowledged', 'third', (row) => row.acknowledged),
    ],
  });
}

function latencyPlot(seconds: readonly SecondRow[]): string {
  const points = (pick: (row: SecondRow) => number | null): readonly SvgPoint[] =>
    seconds.flatMap((row) => {
      const y = pick(row);
      return y === null ? [] : [{ x: row.second, y }];
    });
  return plotSvg({
    title: 'Latency',
    unit: 'ms, of what was acknowledged in each second',
    xTicks: secondTicks(seconds),
    series: [
      { name: 'response p99', tone: 'first', points: points((row) => row.response.p99Ms) },
      { name: 'service p99', tone: 'second', points: points((row) => row.service.p99Ms) },
      { name: 'response p50', tone: 'third', points: points((row) => row.response.p50Ms) },
    ],
  });
}

/** Each further nine takes as much room as the one before. */
function distributionPlot({ responseCurve, serviceCurve }: LoadResult): string {
  const xOf = (percentile: number): number => -Math.log10(Math.max(1e-5, 1 - percentile / 100));
  const points = (curve: readonly CurvePoint[]): readonly SvgPoint[] =>
    curve
      .filter(({ percentile }) => percentile < 100)
      .map(({ percentile, ms }) => ({ x: xOf(percentile), y: ms }));
  return plotSvg({
    title: 'Latency by percentile',
    unit: 'ms',
    xTicks: [50, 90, 99, 99.9, 99.99].map((percentile) => ({ x: xOf(percentile), label: `p${percentile}` })),
    series: [
      { name: 'response', tone: 'first', points: points(responseCurve) },
      { name: 'service', tone: 'second', points: points(serviceCurve) },
    ],
  });
}

function secondTicks(
  seconds: readonly SecondRow[],
): readonly { readonly x: number; readonly label: string }[] {
  const last = seconds.at(-1)?.second ?? 0;
  const ticks = new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(last * share)));
  return [...ticks].map((x) => ({ x, label: `${x} s` }));
}
