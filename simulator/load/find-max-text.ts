import type { Agreement, Maximum } from './find-max.ts';

const LIMIT_WORDS: Readonly<Record<Maximum['limit'], string>> = {
  target: 'more would break the threshold',
  generator: 'the generator itself could not do more: not a result',
  ceiling: 'more was not asked for (--max-rate)',
  disturbed: 'others kept the machine too busy to search on: not a result',
};

/** What a search found, for a person. */
export function maxText({ answers, agreed }: Agreement): string {
  const lines = answers.map(
    ({ perSecond, limit }, index) => `search ${index + 1}: ${perSecond.toFixed(0)}/s; ${LIMIT_WORDS[limit]}`,
  );
  const last =
    agreed === null
      ? `no answer: ${answers.at(-1)?.limit === 'disturbed' ? 'the machine was too busy' : 'no three searches running agreed within 15 %'}`
      : `maximum: ${agreed.perSecond.toFixed(0)}/s; ${LIMIT_WORDS[agreed.limit]}`;
  return [...lines, last].join('\n');
}
