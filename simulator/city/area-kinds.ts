/** Places whose names are worth writing on the base map. */
export const PLACE_KINDS: ReadonlySet<string> = new Set([
  'city',
  'town',
  'suburb',
  'neighbourhood',
  'hamlet',
]);

/** The tags that can make an area worth a tint. */
export const AREA_TAGS = ['leisure', 'landuse', 'natural', 'waterway'] as const;

/** Tag values worth a tint on the base map, and the kind they are drawn as. */
const AREA_KINDS: Readonly<Record<string, string>> = {
  'leisure=park': 'park',
  'leisure=garden': 'park',
  'leisure=golf_course': 'park',
  'landuse=recreation_ground': 'park',
  'landuse=cemetery': 'park',
  'landuse=forest': 'forest',
  'landuse=grass': 'grass',
  'natural=wood': 'forest',
  'natural=beach': 'sand',
  'natural=sand': 'sand',
  'natural=water': 'water',
  'waterway=riverbank': 'water',
};

/** How an area with these tags is drawn; null for one that is not. */
export function areaKind(tag: (key: string) => string | undefined): string | null {
  for (const key of AREA_TAGS) {
    const kind = AREA_KINDS[`${key}=${tag(key) ?? ''}`];
    if (kind !== undefined) return kind;
  }
  return null;
}
