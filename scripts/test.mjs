/**
 * `npm test`: everything that must hold, in order, stopping at the first stage that fails.
 *
 *     npm test                        all stages
 *     npm test -- types unit          only these
 *
 * The whole output of each stage is in out/test-logs; the last line is always `N passed, N failed`, where format,
 * lint, unused, types, build and package count as one each.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { needsVirtualDisplay, startVirtualDisplay } from './setup/display.mjs';
import { electronFlags } from './setup/electron-flags.mjs';
import { prepareApp, prepareMachine } from './setup/prepare.mjs';
import { explain, say, SetupFailure, step } from './setup/progress.mjs';
import { repositoryRoot } from './setup/repository.mjs';
import { runProgram, toolCommand } from './setup/run-program.mjs';
import { playwrightTotals, vitestTotals } from './setup/test-totals.mjs';

/** @typedef {import('./setup/test-totals.mjs').Totals} Totals */
/** @typedef {{ env: NodeJS.ProcessEnv }} Surroundings what the journeys find in their environment */

/** @type {Record<string, (surroundings: Surroundings) => Promise<Totals>>} */
const stages = {
  format: () => runCheck('checking the format', 'format', toolCommand('oxfmt', '--check')),
  lint: () => runCheck('linting', 'lint', toolCommand('oxlint')),
  unused: () => runCheck('looking for unused files and exports', 'unused', toolCommand('knip')),
  types: () => runCheck('checking types', 'types', toolCommand('typescript', '-b')),
  unit: () => runVitest('running unit, contract, golden and simulation tests', 'unit', 'source'),
  build: () => countingOne(prepareApp()),
  package: () => runCheck('packaging', 'package', [process.execPath, 'scripts/package.mjs']),
  fuses: () => runVitest('reading the packaged program', 'fuses', 'package'),
  journeys: runJourneys,
};

/** @param {string[]} chosen */
async function runStages(chosen) {
  const names = chosen.length === 0 ? Object.keys(stages) : chosen;
  const stranger = names.find((name) => !Object.hasOwn(stages, name));
  if (stranger !== undefined) {
    throw new SetupFailure(`no stage "${stranger}"; the stages are ${Object.keys(stages).join(', ')}`);
  }
  const runtime = await prepareMachine({ forTests: true });
  const isVirtualDisplay = needsVirtualDisplay();
  const display = isVirtualDisplay ? await startVirtualDisplay() : undefined;
  const surroundings = {
    env: {
      ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
      MILEPOST_ELECTRON: runtime.executable,
      MILEPOST_ELECTRON_FLAGS: electronFlags({ isVirtualDisplay }).join(' '),
      ...(display === undefined ? {} : { DISPLAY: display.display }),
    },
  };
  const totals = await runInOrder(names, surroundings);
  display?.stop();
  return totals;
}

/**
 * @param {string[]} names
 * @param {Surroundings} surroundings
 */
async function runInOrder(names, surroundings) {
  const totals = { passed: 0, failed: 0 };
  for (const name of names) {
    const outcome = await stages[name]?.(surroundings);
    totals.passed += outcome?.passed ?? 0;
    totals.failed += outcome?.failed ?? 0;
    if (totals.failed > 0) {
      say(`stage "${name}" failed: the stages after it were not run`);
      break;
    }
  }
  return totals;
}

/**
 * A stage that passes or fails as a whole.
 * @param {string} title
 * @param {string} name
 * @param {string[]} command
 * @returns {Promise<Totals>}
 */
async function runCheck(title, name, command) {
  const outcome = await step(title, () => runProgram(command, { log: `${name}.log` }));
  if (outcome.code !== 0) showFailure(outcome);
  return outcome.code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {Promise<void>} work
 * @returns {Promise<Totals>}
 */
async function countingOne(work) {
  try {
    await work;
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    say(error.message);
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {string} title
 * @param {string} name
 * @param {string} project of vitest.config.ts
 * @returns {Promise<Totals>}
 */
async function runVitest(title, name, project) {
  const report = freshReport(name);
  const command = toolCommand(
    'vitest',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  );
  const outcome = await step(title, () => runProgram(command, { log: `${name}.log` }));
  return told(outcome, vitestTotals(report, outcome.code));
}

/**
 * @param {Surroundings} surroundings
 * @returns {Promise<Totals>}
 */
async function runJourneys({ env }) {
  const report = freshReport('journeys');
  const outcome = await step('running journeys in the real Electron', () =>
    runProgram(toolCommand('@playwright/test', 'test'), {
      log: 'journeys.log',
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    }),
  );
  return told(outcome, playwrightTotals(report, outcome.code));
}

/**
 * @param {import('./setup/run-program.mjs').RunOutcome} outcome
 * @param {Totals} totals
 * @returns {Totals}
 */
function told(outcome, totals) {
  if (totals.failed > 0) showFailure(outcome);
  else say(`${totals.passed} passed`);
  return totals;
}

/** @param {string} name */
function freshReport(name) {
  const file = join(repositoryRoot, 'out', 'test-logs', `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** @param {import('./setup/run-program.mjs').RunOutcome} outcome */
function showFailure({ tail, logFile }) {
  console.log(tail);
  say(`the whole output is in ${logFile}`);
}

const totals = await runStages(process.argv.slice(2)).catch((error) => {
  // A machine that cannot be set up has passed nothing: that is a failure with totals, too.
  explain(error);
  return { passed: 0, failed: 1 };
});
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
