import fs from 'node:fs';
import { type Played, playScript } from './play-script.ts';
import { shrinkSteps } from './shrink-steps.ts';
import type { Script } from './step.ts';

const failures = new URL('failures/', import.meta.url);
const TRIES_MAX = 200;

/** A script that once failed, as it is kept: what was broken, the seed, and the steps it takes. */
interface KeptFailure extends Script {
  readonly about: string;
}

/** Plays a script. One that fails is shrunk and kept beside the tests; a person finds the defect, the file stays. */
export async function playAndKeep(script: Script): Promise<Played & { readonly failure: string | null }> {
  const played = await playScript(script);
  if (played.broken === null) return { ...played, failure: null };
  const steps = await shrinkSteps(
    script.steps,
    async (fewer) => (await playScript({ ...script, steps: fewer })).broken !== null,
    TRIES_MAX,
  );
  const { broken } = await playScript({ ...script, steps });
  const about = (broken ?? played.broken).problem.split('\n')[0] ?? '';
  const file = keep({ about, seed: script.seed, steps });
  return { ...played, failure: `${about}; ${steps.length} steps are enough, and are kept in ${file}` };
}

/** Scripts that once failed; they are played every time. */
export function keptFailures(): readonly KeptFailure[] {
  if (!fs.existsSync(failures)) return [];
  return fs
    .readdirSync(failures)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(fs.readFileSync(new URL(name, failures), 'utf8')) as KeptFailure);
}

function keep(failure: KeptFailure): string {
  fs.mkdirSync(failures, { recursive: true });
  const file = new URL(`${failure.seed}.json`, failures);
  fs.writeFileSync(file, `${JSON.stringify(failure, null, 2)}\n`);
  return file.pathname;
}
