import { expect, test } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';
import { missedTerms, readServiceLevel, type ServiceSeen } from './service-level.ts';

const counts = {
  intended: 1_000,
  sent: 1_000,
  droppedByGenerator: 0,
  acknowledged: 999,
  outstanding: 1,
  resent: 0,
  connectionsLost: 0,
};
function seenWith(latenciesMs: readonly number[]): ServiceSeen {
  const response = LatencyHistogram.empty();
  for (const ms of latenciesMs) response.record(ms);
  return { response, counts, productMegabytesAMinute: 1.5 };
}

function missedBy(text: string, latenciesMs: readonly number[] = [10, 300]): readonly string[] {
  const terms = readServiceLevel(text);
  if (!terms.ok) throw new Error(terms.error);
  return missedTerms(terms.value, seenWith(latenciesMs));
}

test('every kind of threshold is read, in its own unit', () => {
  expect(readServiceLevel('p50=500us, p99.9=1.5s,loss=0.1%,loss=3,rss=1')).toEqual({
    ok: true,
    value: [
      { kind: 'latency', name: 'p50', percentile: 50, maxMs: 0.5 },
      { kind: 'latency', name: 'p99.9', percentile: 99.9, maxMs: 1_500 },
      { kind: 'loss', max: 0.001, isShare: true },
      { kind: 'loss', max: 3, isShare: false },
      { kind: 'memory', maxMegabytesAMinute: 1 },
    ],
  });
});

test.each(['', 'p98=1ms', 'p99', 'p99=250', 'p99=-1ms', 'loss=1ms', 'rss=1%', 'p99=250ms,'])(
  'no threshold: "%s"',
  (text) => {
    const read = readServiceLevel(text);
    expect(read.ok ? null : read.error).toMatch(/is no threshold; use p50, /);
  },
);

test('what is kept is silent, what is missed is a sentence each', () => {
  expect(missedBy('p50=10.1ms,max=301ms,loss=1,loss=0.1%,rss=1.5')).toEqual([]);
  expect(missedBy('p50=9ms,max=250ms,loss=0,loss=0.05%,rss=1')).toEqual([
    'p50 10.0 ms is over 9 ms',
    expect.stringMatching(/^max 300\.\d ms is over 250 ms$/),
    '1 of 1000 packets were due and not acknowledged',
    '1 of 1000 packets were due and not acknowledged',
    'the product grew by 1.50 MB a minute, over 1',
  ]);
  expect(missedBy('p99=1s', [])).toEqual(['p99: nothing was acknowledged']);
});
