import fs from 'node:fs';
import { expect, test } from 'vitest';
import { must } from '../../../core/base/assert.ts';
import { decodeMapped } from '../../../core/mapping/decode-mapped.ts';
import type { Mapping } from '../../../core/mapping/mapping.ts';
import { readMapping } from '../../../core/mapping/read-mapping.ts';
import { outcomeOutput } from '../../../core/tracker/decoded-output.ts';

/** What the example mappings make of their vendors' messages, in the words of `milepost decode`. */
interface GoldenLine {
  readonly about: string;
  readonly topic: string;
  readonly payload: string;
  readonly out: object;
}

const folder = new URL('.', import.meta.url);
const examples = new URL('../../../resources/mappings/', import.meta.url);

const names = fs.readdirSync(examples).map((file) => file.replace(/\.yaml$/, ''));

test('each example has its messages', () => {
  expect(
    fs
      .readdirSync(folder)
      .filter((file) => file.endsWith('.jsonl'))
      .toSorted(),
  ).toEqual(names.map((name) => `${name}.jsonl`).toSorted());
});

for (const name of names) {
  const lines = fs.readFileSync(new URL(`${name}.jsonl`, folder), 'utf8').trimEnd().split('\n');
  test.each(lines.map((line) => JSON.parse(line) as GoldenLine))(
    `${name}: $about`,
    ({ topic, payload, out }) => {
      const outcome = decodeMapped(exampleNamed(name), { topic, payload: Buffer.from(payload) });
      expect(JSON.parse(JSON.stringify(outcomeOutput(outcome)))).toStrictEqual(out);
    },
  );
}

function exampleNamed(name: string): Mapping {
  const mapping = readMapping(fs.readFileSync(new URL(`${name}.yaml`, examples), 'utf8'));
  return must(mapping.ok ? mapping.value : null, () => `${name}: ${JSON.stringify(mapping)}`);
}
