import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { playwrightTotals, vitestTotals } from './test-totals.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'milepost-totals-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('totals are those of the report', () => {
  const unit = report({ numPassedTests: 12, numFailedTests: 2 });
  expect(vitestTotals(unit, 1)).toEqual({ passed: 12, failed: 2 });
  const journeys = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } });
  expect(playwrightTotals(journeys, 1)).toEqual({ passed: 5, failed: 2 });
});

test('a run that ended badly, ran nothing or left no report is a failure', () => {
  const allPassed = report({ numPassedTests: 12, numFailedTests: 0 });
  expect(vitestTotals(allPassed, 0)).toEqual({ passed: 12, failed: 0 });
  expect(vitestTotals(allPassed, 1)).toEqual({ passed: 12, failed: 1 });
  expect(vitestTotals(report({ numPassedTests: 0, numFailedTests: 0 }), 0)).toEqual({ passed: 0, failed: 1 });
  expect(playwrightTotals(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
});

function report(content: object): string {
  const file = join(folder, `${Object.keys(content).join('-')}-${JSON.stringify(content).length}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}
