import { expect, test } from 'vitest';
import { actionFor } from './keyboard.ts';

const press = (key: string, more: { isChord?: boolean; isInTextField?: boolean } = {}) =>
  actionFor({ key, isChord: false, isInTextField: false, ...more });

test('a key does what the sheet says', () => {
  expect(
    ['1', '2', '3', '4', '5', '6', '7', '/', 'Escape', 'f', 'F', '0', '+', '-', 'p', '?'].map((key) =>
      press(key),
    ),
  ).toEqual([
    'show-map',
    'show-investors',
    'show-ingest',
    'show-billing',
    'show-operators',
    'show-ledger',
    'show-simulator',
    'search',
    'back',
    'follow',
    'follow',
    'fit',
    'zoom-in',
    'zoom-out',
    'pause',
    'shortcuts',
  ]);
  expect([press('x'), press('9')]).toEqual([null, null]);
});

test('characters typed into a field stay characters; Escape still leads back', () => {
  expect(['1', '/', 'f', '0', '?'].map((key) => press(key, { isInTextField: true }))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(press('Escape', { isInTextField: true })).toBe('back');
});

test('chords belong to the system', () => {
  expect(['f', '0', '+', '1'].map((key) => press(key, { isChord: true }))).toEqual([null, null, null, null]);
});
