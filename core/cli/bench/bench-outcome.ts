import { type BenchDescription, type BenchName, describeAim } from './bench-list.ts';
import type { MachineLoad } from './machine-load.ts';
import { judgeRounds, type Round, type Verdict } from './verdict.ts';

/** What a bench brings home: its rounds and what a reader should know of them, or why it could not run here. */
export type BenchRun =
  | { readonly rounds: readonly Round[]; readonly notes: readonly string[] }
  | { readonly skipped: string };

/** What `--json` prints, one object a bench. */
export type BenchOutcome =
  | { readonly bench: BenchName; readonly skipped: string }
  | ({
      readonly bench: BenchName;
      readonly unit: string;
      readonly aim: string;
      readonly rounds: readonly Round[];
      readonly notes: readonly string[];
      readonly load: MachineLoad;
    } & Verdict);

export function outcomeOf(bench: BenchDescription, run: BenchRun, load: MachineLoad): BenchOutcome {
  const { name, unit, aim } = bench;
  if ('skipped' in run) return { bench: name, skipped: run.skipped };
  return {
    bench: name,
    unit,
    ...judgeRounds(run.rounds, aim),
    aim: describeAim(bench),
    rounds: run.rounds,
    notes: run.notes,
    load,
  };
}

/** The same for a person. */
export function describeOutcome(bench: BenchDescription, outcome: BenchOutcome): string {
  if ('skipped' in outcome) return `${bench.name}: skipped, ${outcome.skipped}\n`;
  const { product, floor, ratio, ratioRange, isMet, aim, unit, load } = outcome;
  const [lowest, highest] = ratioRange;
  const noise = `load average ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after, on ${load.cores} cores`;
  return [
    `${bench.name}: ${bench.measures}`,
    `  product   ${figure(product)} ${unit}`,
    `  floor     ${figure(floor)} ${unit} (${bench.floor})`,
    `  ratio     ${ratio.toFixed(2)}x of the floor; aim ${aim}${metInWords(isMet)}`,
    `  rounds    ${outcome.rounds.length}, medians; ratios ${lowest.toFixed(2)} to ${highest.toFixed(2)}`,
    `  machine   ${noise}${load.isContended ? ' [CONTENDED: trust the ratio only]' : ''}`,
    ...outcome.notes.map((note) => `  note      ${note}`),
    '',
  ].join('\n');
}

function metInWords(isMet: Verdict['isMet']): string {
  if (isMet === null) return '';
  return isMet ? ': met' : ': NOT met';
}

/** Three digits that mean something. */
function figure(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));
}
