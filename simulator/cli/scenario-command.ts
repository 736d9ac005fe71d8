import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { builtInScenarios, TEMPLATE_FILE } from '../scenarios/built-in-scenarios.ts';
import { openGround, prepareScenario } from '../scenarios/prepare-scenario.ts';
import { nearestName } from '../scenarios/nearest-name.ts';
import { problemLines, readScenario } from '../scenarios/read-scenario.ts';
import type { Scenario } from '../scenarios/scenario-schema.ts';
import { EXIT, say } from './exit.ts';

/** A scenario and the file it came from. */
export interface OpenedScenario {
  readonly file: string;
  readonly scenario: Scenario;
}

/** `fleet-sim scenario`: what there is to play, and whether a file of one's own is right. */
export function scenarioCommand(): Command {
  return new Command('scenario')
    .description('list the built-in scenarios, show one, check a file, or begin a new one')
    .addHelpText(
      'after',
      `
Examples:
  npm run -s fleet-sim -- scenario list
  npm run -s fleet-sim -- scenario show normal-week
  npm run -s fleet-sim -- scenario template > mine.yaml
  npm run -s fleet-sim -- scenario validate mine.yaml
  npm run -s fleet-sim -- scenario book mine.yaml > book.json

A bad file is told by file:line:column, exit code 2.`,
    )
    .addCommand(
      new Command('list')
        .description('name and title of every built-in scenario')
        .option('--json', 'as JSON', false)
        .action(({ json }: { json: boolean }) => list(json)),
    )
    .addCommand(
      new Command('show')
        .argument('<name>', 'a built-in scenario')
        .description('print the file of a built-in scenario')
        .action((name: string) => {
          const opened = builtInNamed(name);
          if (!opened.ok) process.exitCode = say(EXIT.badUsage, opened.error);
          else process.stdout.write(readFileSync(opened.value.file, 'utf8'));
        }),
    )
    .addCommand(
      new Command('validate')
        .argument('<file>', 'a scenario file')
        .description('check a file; exit code 2 when something is wrong with it')
        .action((file: string) => {
          const opened = scenarioInFile(file);
          process.exitCode = opened.ok
            ? say(EXIT.pass, `${file}: ${summary(opened.value.scenario)}`)
            : say(EXIT.badUsage, opened.error);
        }),
    )
    .addCommand(
      new Command('book')
        .argument('<name>', 'a built-in scenario, or a file')
        .description('print the book a product needs for it: milepost serve --book')
        .option('--packs <folder>', 'where the city packs are', 'out/city-packs')
        .action((name: string, { packs }: { packs: string }) => {
          process.exitCode = printBook(name, packs);
        }),
    )
    .addCommand(
      new Command('template')
        .description('print a scenario with a comment on everything, to begin with')
        .action(() => void process.stdout.write(readFileSync(TEMPLATE_FILE, 'utf8'))),
    );
}

/** A built-in scenario by its name; the error is a sentence. */
export function builtInNamed(name: string): Result<OpenedScenario, string> {
  const all = builtInScenarios();
  const found = all.find(({ scenario }) => scenario.name === name);
  if (found !== undefined) return ok(found);
  const names = all.map(({ scenario }) => scenario.name);
  const near = nearestName(name, names);
  return fail(
    `there is no scenario "${name}"; ${near === null ? `there are ${names.join(', ')}` : `did you mean "${near}"?`}`,
  );
}

/** The scenario in a file; the error has a line for each problem. */
export function scenarioInFile(file: string): Result<OpenedScenario, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return fail(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = readScenario(text);
  return read.ok ? ok({ file, scenario: read.value }) : fail(problemLines(file, read.error));
}

/** A built-in scenario's name, or a file's: a name has no dot. */
function namedOrInFile(name: string): Result<OpenedScenario, string> {
  return name.includes('.') ? scenarioInFile(name) : builtInNamed(name);
}

function printBook(name: string, packs: string): number {
  const opened = namedOrInFile(name);
  if (!opened.ok) return say(EXIT.badUsage, opened.error);
  const { scenario, file } = opened.value;
  const ground = openGround(scenario, packs, file);
  if (!ground.ok) return say(EXIT.badUsage, ground.error);
  process.stdout.write(`${JSON.stringify(prepareScenario(scenario, ground.value).book, null, 2)}\n`);
  return EXIT.pass;
}

function list(asJson: boolean): void {
  const rows = builtInScenarios().map(({ scenario }) => ({
    name: scenario.name,
    title: scenario.title ?? '',
    waitsFor: [...new Set(scenario.expect.flatMap(({ waitsFor }) => waitsFor ?? []))],
  }));
  if (asJson) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else
    for (const { name, title, waitsFor } of rows) {
      const waiting = waitsFor.length === 0 ? '' : ` (part of it waits for ${waitsFor.join(', ')})`;
      process.stdout.write(`${name.padEnd(22)} ${title}${waiting}\n`);
    }
}

function summary({ fleets, faults, expect, clock }: Scenario): string {
  const vehicles = fleets.reduce((sum, fleet) => sum + fleet.vehicles, 0);
  return `${vehicles} vehicles, ${clock.historyDays} days and ${clock.durationHours} hours, ${faults.length} faults, ${expect.length} expectations`;
}
