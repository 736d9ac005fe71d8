import { expect, test } from 'vitest';
import { areaLayer, placeLayer, roadLayer } from './map-layers.ts';

test('a road keeps its class, rank and name and nothing else, and main roads are drawn last', () => {
  const line = [[1_234_567, 2_000_000] as const, [1_234_568, 2_000_000] as const];
  const layer = roadLayer([
    { id: '1', tags: { highway: 'primary_link', name: 'Ring', source: 'x' }, lineE6: line },
    { id: '2', tags: { highway: 'service' }, lineE6: line },
    { id: '3', tags: { highway: 'footway' }, lineE6: line },
  ]);
  const geometry = {
    type: 'LineString',
    coordinates: [
      [1.234567, 2],
      [1.234568, 2],
    ],
  };
  expect(layer.features).toEqual([
    { type: 'Feature', properties: { class: 'service', rank: 6 }, geometry },
    { type: 'Feature', properties: { class: 'primary', rank: 2, name: 'Ring' }, geometry },
  ]);
});

test('a hole in a park stays in its park, and a second park of one feature is a polygon of its own', () => {
  const square = (x: number, size: number): (readonly [number, number])[] => [
    [x, 0],
    [x + size, 0],
    [x + size, size],
    [x, size],
    [x, 0],
  ];
  const layer = areaLayer([
    { name: null, kind: 'park', rings: [square(0, 9), square(3, 2).toReversed(), square(20, 9)] },
  ]);
  expect(layer.features[0]?.properties).toEqual({ class: 'park' });
  const { coordinates } = layer.features[0]?.geometry ?? {};
  expect((coordinates as unknown[][]).map((polygon) => polygon.length)).toEqual([2, 1]);
});

test('a place is a point with its name and class', () => {
  expect(
    placeLayer([{ name: 'Cordón', kind: 'suburb', point: [-56_180_000, -34_900_000] }]).features,
  ).toEqual([
    {
      type: 'Feature',
      properties: { name: 'Cordón', class: 'suburb' },
      geometry: { type: 'Point', coordinates: [-56.18, -34.9] },
    },
  ]);
});
