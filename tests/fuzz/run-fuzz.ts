import { parseArgs } from 'node:util';
import { builtInProviders } from '../../core/protocol/book.ts';
import { saveRegression } from './corpus.ts';
import { fuzzFeed } from './fuzz-feed.ts';

/**
 * `npm run fuzz [-- --inputs 1000000] [--seed N] [--feed NAME]`: mutated messages for every decoder. An input that
 * breaks one is saved beside the tests, where it is tried every time from then on.
 */
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    feed: { type: 'string' },
  },
});
const feeds = values.feed === undefined ? builtInProviders : [values.feed];
process.stderr.write(`seed ${values.seed}\n`);
for (const feed of feeds) {
  const startMs = performance.now();
  const run = fuzzFeed(feed, Number(values.inputs), Number(values.seed));
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  const { inputs, decoded, refused, failures } = run;
  process.stdout.write(
    `${feed}: ${inputs} inputs, ${decoded} decoded, ${refused} refused, ${failures.length} failed, ${seconds} s\n`,
  );
  for (const { packet, problem } of failures) {
    process.stdout.write(`  ${problem}\n  saved in ${saveRegression(feed, packet, problem)}\n`);
    process.exitCode = 1;
  }
}
