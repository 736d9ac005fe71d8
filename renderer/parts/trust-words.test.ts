import { expect, test } from 'vitest';
import { trustWords } from './trust-words.ts';

test('a packet whose sender proved nothing is marked, and no other', () => {
  const marks = (['mqtt', 'tcp', 'udp', null] as const).map((transport) =>
    [true, false].map((isAuthenticated) => trustWords({ transport, isAuthenticated })),
  );
  expect(marks).toEqual([
    [null, 'no credential'],
    ['unauthenticated transport', 'unauthenticated transport'],
    ['unauthenticated transport', 'unauthenticated transport'],
    [null, null],
  ]);
});
