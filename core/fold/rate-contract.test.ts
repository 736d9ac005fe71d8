import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { aMoneyBook, DEVICE } from '../../tests/support/money-book.ts';
import { londonMs, moneyRun, reading } from '../../tests/support/folded-money.ts';
import { periodOf } from '../billing/contract-account.ts';
import { accountNamed } from './account-named.ts';
import { inputsSha256Hex } from './rate-contract.ts';

test('the inputs of a period are its terms, who was in it, and every reading line by line, however many', () => {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  const lines: string[] = [];
  for (let minute = 1; minute <= 600; minute += 1) {
    const atMs = londonMs('2026-01-01', 0) + minute * 60_000;
    reading(run, DEVICE, atMs, 10_000 + minute);
    const metres = Math.ceil((10_000 + minute) * 160.9344);
    lines.push(`${run.records.length - 1} ${atMs} ${metres * 1_000_000}\n`);
  }
  const account = accountNamed(run.world, 'C1');
  const period = periodOf(account, 0);
  const spans = [{ fromMs: londonMs('2026-01-01', 0), toMs: londonMs('2026-02-01', 0) }];
  const opening = `-1 ${londonMs('2026-01-01', 0)} ${10_000 * 160_934_400}\n`;
  const text = [
    JSON.stringify([account.contract, period.period]),
    JSON.stringify(['V1', spans]),
    opening,
    ...lines,
  ].join('');
  expect(text.length).toBeGreaterThan(16_384);
  expect(inputsSha256Hex(run.world, account, period)).toBe(createHash('sha256').update(text).digest('hex'));
});
