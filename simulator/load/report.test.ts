import { expect, test } from 'vitest';
import { maxText } from './find-max-text.ts';
import type { LoadResult } from './load-result.ts';
import { niceCeiling, plotSvg } from './plot-svg.ts';
import { plotText } from './plot-text.ts';
import { reportHtml } from './report-html.ts';
import { reportText, runsText } from './report-text.ts';

const summary = { count: 3, p50Ms: 1.234, p90Ms: 2, p99Ms: 1_234.5, p999Ms: 2_000, maxMs: 2_000 };
const none = { count: 0, p50Ms: null, p90Ms: null, p99Ms: null, p999Ms: null, maxMs: null };
const second = {
  second: 0,
  intended: 4,
  sent: 4,
  acknowledged: 3,
  outstanding: 1,
  response: summary,
  service: summary,
};
const result: LoadResult = {
  startedAt: '2026-03-02T09:00:00.000Z',
  target: '127.0.0.1:1883',
  shape: 'herd',
  stages: [],
  arrivals: 'poisson',
  seed: 7,
  clients: 20,
  isPinned: true,
  warmUpMs: 0,
  connect: summary,
  response: summary,
  service: summary,
  reconnect: none,
  responseCurve: [
    { percentile: 50, ms: 1 },
    { percentile: 99, ms: 3 },
    { percentile: 100, ms: 9 },
  ],
  serviceCurve: [],
  counts: {
    intended: 5,
    sent: 4,
    droppedByGenerator: 1,
    acknowledged: 3,
    outstanding: 1,
    resent: 2,
    connectionsLost: 1,
  },
  storedUnique: 3,
  seconds: [second, { ...second, second: 1, acknowledged: 0, response: none, service: none }],
  acknowledgedPerSecond: 3,
  recovery: { p99BeforeMs: 5, worstP99Ms: 80, seconds: 2 },
  slowConsumer: 'cut',
  health: { workers: 1, loopLagP99Ms: 1, sendLagP99Ms: 2, processorShare: 0.25, processorMicroseconds: 90 },
  machine: {
    cores: 2,
    model: 'A <fast> chip ',
    node: 'v20.20.2',
    loadAverageBefore: 0.5,
    loadAverageAfter: 0.75,
    othersShare: 0.3,
    isContended: true,
    productMicroseconds: 60,
    productResidentBytesMax: 2e8,
    productMegabytesAMinute: 0.25,
  },
  processor: { generatorMicrosecondsAPacket: 30, productMicrosecondsAPacket: 60 },
  verdict: { exitCode: 4, outcome: 'threshold missed', reasons: ['p99 1234.5 ms is over 250 ms'] },
};

test('a person at a terminal is told everything that counts', () => {
  expect(
    reportText(result)
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toEqual([
    'herd on 127.0.0.1:1883: 20 trackers, poisson arrivals, seed 7  [CONTENDED: sets and breaks no baseline]',
    '',
    'ms                         p50       p90       p99     p99.9       max     count',
    'response (due→ack)        1.23         2     1,235     2,000     2,000         3',
    'service (sent→ack)        1.23         2     1,235     2,000     2,000         3',
    'connect                   1.23         2     1,235     2,000     2,000         3',
    '',
    'intended     5 = 4 sent + 1 dropped by the generator',
    'sent         4 = 3 acknowledged + 1 outstanding',
    'acknowledged 3; 3 stored',
    'rate         3 acknowledged a second over the whole run',
    'connections  1 lost, 2 packets sent again',
    'recovery     p99 5 ms before, 80 ms at worst, back after 2 s',
    'consumer     the subscriber that read nothing was cut by the broker',
    'generator    1 worker on a core of its own, loop lag p99 1.0 ms, send lag p99 2.0 ms, 25 % of a core, 30 µs a packet',
    'machine      2 cores, A <fast> chip, Node v20.20.2; load average 0.5 before, 0.8 after; others used 30 % of it',
    'product      at most 200 MB resident, 0.25 MB a minute, 60 µs of processor a packet',
    '',
    'acknowledged (packets a second, 2 s)',
    '         3 ┤█',
    '           ┤█',
    '           ┤█',
    '           ┤█',
    '         0 ┤█',
    '           └──',
    '',
    'response p99 (ms, 2 s)',
    '     1,235 ┤█',
    '           ┤█',
    '           ┤█',
    '           ┤█',
    '         0 ┤█',
    '           └──',
    '',
    'threshold missed, contended (exit code 4)',
    '  p99 1234.5 ms is over 250 ms',
  ]);
});

test('several runs are compared by their medians', () => {
  const runs = [3, 9, 5].map((acknowledgedPerSecond) => ({ ...result, acknowledgedPerSecond }));
  expect(
    runsText(runs)
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/)),
  ).toEqual([
    ['acked/s', 'response p50', 'response p99', 'service p99'],
    ['run 1', '3', '1.23', '1,235', '1,235'],
    ['run 2', '9', '1.23', '1,235', '1,235'],
    ['run 3', '5', '1.23', '1,235', '1,235'],
    ['median', '5', '1.23', '1,235', '1,235'],
  ]);
});

test('a plot has eighths of a row, and a long series is drawn by its peaks', () => {
  expect(plotText({ title: 't', unit: 'u', values: [1, null, 0.5, 0.05] })).toBe(
    [
      't (u, 4 s)',
      '         1 ┤█',
      '           ┤█',
      '           ┤█ ▄',
      '           ┤█ █',
      '         0 ┤█ █▂',
      '           └────',
    ].join('\n'),
  );
  const long = plotText({
    title: 't',
    unit: 'u',
    values: Array.from({ length: 600 }, (_, i) => (i === 599 ? 9 : 1)),
  });
  expect(long.split('\n')[1]).toMatch(/^ +9 ┤ {59}█$/);
  expect(plotText({ title: 't', unit: 'u', values: [0, null] })).toBe('t: nothing to draw');
});

test('the page is whole in itself: no script, nothing from elsewhere, both themes, names escaped', () => {
  const page = reportHtml([result]);
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).not.toMatch(/<script|https?:|url\(|@import|\ssrc=|\shref=/);
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('prefers-color-scheme: dark');
  expect(page).toContain('A &lt;fast&gt; chip');
  expect(page).toContain('<p class="verdict bad">threshold missed, contended (exit code 4)');
  expect(page.match(/<svg role="img"/g)).toHaveLength(3);
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
  const nothing = reportHtml([
    { ...result, seconds: [], responseCurve: [], counts: { ...result.counts, sent: 0 } },
  ]);
  expect(nothing).not.toMatch(/NaN|Infinity|undefined/);
});

test('axes end at round numbers, and lines lie between them', () => {
  expect([0, 0.3, 1, 1.1, 7, 23, 510].map(niceCeiling)).toEqual([1, 0.5, 1, 2, 10, 50, 1_000]);
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 20 },
  ];
  expect(
    plotSvg({ title: 't', unit: 'u', xTicks: [], series: [{ name: 'n', tone: 'first', points }] }),
  ).toContain('<polyline class="first" points="64.0,192.0 708.0,12.0"/>');
});

test('a search says what it found and why there was no more', () => {
  const answers = [100, 104, 102].map((perSecond) => ({ perSecond, limit: 'target' as const }));
  expect(maxText({ answers, agreed: { perSecond: 102, limit: 'target' } }).split('\n')).toEqual([
    'search 1: 100/s; more would break the threshold',
    'search 2: 104/s; more would break the threshold',
    'search 3: 102/s; more would break the threshold',
    'maximum: 102/s; more would break the threshold',
  ]);
  expect(maxText({ answers: [], agreed: null })).toMatch(/^no answer/);
});
