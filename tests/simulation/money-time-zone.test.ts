import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';

/** Every worked case through the program, on a machine that stands in another time zone. */
const examples = new URL('../golden/billing-examples.json', import.meta.url);
const { cases } = JSON.parse(fs.readFileSync(examples, 'utf8')) as { cases: readonly unknown[] };

const RATE_ALL = `
  import { text } from 'node:stream/consumers';
  import { billText } from ${JSON.stringify(path.resolve('core/cli/bill.ts'))};
  const bills = JSON.parse(await text(process.stdin)).map((one) => billText(JSON.stringify(one)));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  process.stdout.write(JSON.stringify({ zone, bills }));
`;

function ratedIn(timeZone: string): { readonly zone: string; readonly bills: unknown[] } {
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', RATE_ALL], {
    encoding: 'utf8',
    input: JSON.stringify(cases.map((one) => withPeriods(one))),
    env: { ...process.env, TZ: timeZone },
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as { zone: string; bills: unknown[] };
}

/** A worked case as the program takes it: the periods that it gives the results of. */
function withPeriods(one: unknown): unknown {
  const { contract, readings, replacements, expected } = one as {
    readonly contract: unknown;
    readonly readings: unknown;
    readonly replacements?: unknown;
    readonly expected: readonly { readonly period: number; readonly asOf?: string }[];
  };
  return {
    contract,
    readings,
    replacements,
    periods: expected.map(({ period, asOf }) => ({ period, asOf })),
  };
}

let here: ReturnType<typeof ratedIn>;
beforeAll(() => {
  here = ratedIn('UTC');
});

test.each(['Pacific/Auckland', 'America/St_Johns', 'Africa/Monrovia'])(
  'a machine in %s bills what one in UTC does',
  (timeZone) => {
    const there = ratedIn(timeZone);
    expect([here.zone, there.zone]).toEqual(['UTC', timeZone]);
    expect(here.bills).toHaveLength(cases.length);
    expect(there.bills).toEqual(here.bills);
  },
);
