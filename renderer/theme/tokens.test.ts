import { describe, expect, test } from 'vitest';
import { contrastRatio, unitRgb } from './contrast.ts';
import { cssPropertyOf, tokensByTheme } from './tokens.ts';

describe.each(['dark', 'light'] as const)('the %s theme', (theme) => {
  const tokens = tokensByTheme[theme];

  test.each(['text', 'muted', 'p1', 'p2', 'p3', 'selection', 'stale'] as const)(
    'reads %s at 4.5:1 on both surfaces',
    (name) => {
      expect(contrastRatio(tokens[name], tokens.surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrastRatio(tokens[name], tokens.raised)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['edge', 'revenue', 'miles'] as const)('shows %s at 3:1 on both surfaces', (name) => {
    expect(contrastRatio(tokens[name], tokens.surface)).toBeGreaterThanOrEqual(3);
    expect(contrastRatio(tokens[name], tokens.raised)).toBeGreaterThanOrEqual(3);
  });

  test('reads text on a hovered row, on the selection and on the map', () => {
    expect(contrastRatio(tokens.text, tokens.hover)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(tokens.muted, tokens.hover)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(tokens.onSelection, tokens.selection)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(tokens.mapLabel, tokens.mapGround)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(tokens.mapPlace, tokens.mapGround)).toBeGreaterThanOrEqual(4.5);
  });

  test('shows every vehicle symbol at 3:1 on every road', () => {
    for (const road of [tokens.mapGround, tokens.mapRoadMinor, tokens.mapRoadMiddle]) {
      expect(contrastRatio(tokens.text, road)).toBeGreaterThanOrEqual(4.5);
      expect(contrastRatio(tokens.stale, road)).toBeGreaterThanOrEqual(3);
    }
  });
});

test('contrast runs from 1 to 21', () => {
  expect(contrastRatio('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  expect(contrastRatio('#56B4E9', '#56B4E9')).toBe(1);
  expect(unitRgb('#FF0080')).toEqual([1, 0, 128 / 255]);
});

test('a token has a custom property of the same words', () => {
  expect(['surface', 'mapRoadMinor', 'p1', 'onSelection'].map(cssPropertyOf)).toEqual([
    '--surface',
    '--map-road-minor',
    '--p1',
    '--on-selection',
  ]);
});
