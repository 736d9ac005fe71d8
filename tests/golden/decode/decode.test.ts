import fs from 'node:fs';
import { expect, test } from 'vitest';
import { decodeLine } from '../../../core/cli/decode.ts';
import { builtInProviders } from '../../../core/protocol/book.ts';
import { decoderOf } from '../../../core/tracker/decode-packet.ts';

/**
 * Messages of each feed and what `milepost decode` answers, one a line. A changed answer is a changed contract: review
 * these files like code.
 */
interface GoldenLine {
  readonly about: string;
  readonly in: object;
  readonly out: object;
}

const folder = new URL('.', import.meta.url);
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

test('there is a file for each feed there is a decoder for', () => {
  const feeds = builtInProviders.filter((provider) => decoderOf(provider) !== null);
  expect(files).toEqual(['lines.jsonl', ...feeds.map((feed) => `${feed}.jsonl`)].toSorted());
});

for (const file of files) {
  const lines = fs.readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n');
  test.each(lines.map((line) => JSON.parse(line) as GoldenLine))(`${file}: $about`, (golden) => {
    expect(JSON.parse(decodeLine(JSON.stringify(golden.in)))).toStrictEqual(golden.out);
  });
}
