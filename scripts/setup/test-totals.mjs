import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Totals */

/**
 * The totals of a vitest report. A run that failed without a failed test (a file that does not load) counts as one
 * failure, and so does a run without any test: silence is not success.
 * @param {string} reportFile
 * @param {number} exitCode
 * @returns {Totals}
 */
export function vitestTotals(reportFile, exitCode) {
  return closed(exitCode, () => {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(reportFile, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  });
}

/**
 * The totals of a Playwright report, by the same rule. A flaky journey failed once: that is a failure.
 * @param {string} reportFile
 * @param {number} exitCode
 * @returns {Totals}
 */
export function playwrightTotals(reportFile, exitCode) {
  return closed(exitCode, () => {
    const { stats } = JSON.parse(readFileSync(reportFile, 'utf8'));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  });
}

/**
 * @param {number} exitCode
 * @param {() => Totals} read
 * @returns {Totals}
 */
function closed(exitCode, read) {
  const { passed, failed } = readOrNothing(read);
  const isSilent = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: isSilent ? 1 : failed };
}

/** @param {() => Totals} read */
function readOrNothing(read) {
  try {
    return read();
  } catch {
    return { passed: 0, failed: 0 };
  }
}
