import { InvalidArgumentError } from 'commander';
import type { LoadStage } from './load-plan.ts';
import { readServiceLevel, type ServiceTerm } from './service-level.ts';

const RATE_MAX = 1_000_000;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_MS = 24 * 3_600_000;

/** "500/s", or "500", in packets or connections a second. */
export function readRate(text: string): number {
  const rate = Number(/^(\d+(?:\.\d+)?)(?:\/s)?$/.exec(text)?.[1]);
  if (rate > 0 && rate <= RATE_MAX) return rate;
  throw new InvalidArgumentError(`a rate such as 500/s, up to ${RATE_MAX}/s`);
}

/** "0s", "500ms", "30s", "5m", "1h" in whole milliseconds, up to a day. */
export function readLength(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,9})(ms|s|m|h)$/.exec(text) ?? [];
  const milliseconds = number === '' ? Number.NaN : Number(number) * (UNIT_MS[unit] ?? Number.NaN);
  if (milliseconds >= 0 && milliseconds <= LONGEST_MS) return milliseconds;
  throw new InvalidArgumentError('a time with its unit, such as 500ms, 30s or 5m, up to 24h');
}

/**
 * "30s:100,2m:500,30s:0": each part goes from the rate before it to its own in a straight line, the first from nought.
 * A part of no length, "0s:500", is a jump.
 */
export function readStages(text: string): readonly LoadStage[] {
  const stages: LoadStage[] = [];
  for (const part of text.split(',')) {
    const [length = '', rate = '', ...more] = part.trim().split(':');
    const toPerSecond = Number(/^\d+(?:\.\d+)?$/.exec(rate)?.[0]);
    if (more.length > 0 || !(toPerSecond <= RATE_MAX)) {
      throw new InvalidArgumentError('stages such as 30s:100,2m:500,30s:0 (time:packets a second)');
    }
    stages.push({
      durationMs: readLength(length),
      fromPerSecond: stages.at(-1)?.toPerSecond ?? 0,
      toPerSecond,
    });
  }
  if (stages.reduce((sum, { durationMs }) => sum + durationMs, 0) > 0) return stages;
  throw new InvalidArgumentError('stages that take some time');
}

export function readTerms(text: string): readonly ServiceTerm[] {
  const terms = readServiceLevel(text);
  if (terms.ok) return terms.value;
  throw new InvalidArgumentError(terms.error);
}
