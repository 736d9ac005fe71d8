import { z } from 'zod';

/** What the base map needs to know of a city pack; the layers are fetched by the map itself. */
export interface CityPack {
  readonly id: string;
  readonly name: string;
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [number, number, number, number];
  readonly attribution: string;
  /** Addresses of the layers this pack has; not every source knows parks or places. */
  readonly layers: Readonly<Partial<Record<PackLayer, string>>>;
}
export type PackLayer = (typeof packLayers)[number];

const packLayers = ['roads', 'parks', 'places'] as const;
const indexSchema = z.object({ packs: z.array(z.object({ id: z.string(), layers: z.array(z.string()) })) });
const packSchema = z.object({
  name: z.string(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  attribution: z.string(),
});

/** The packs that were built, in the order of their index. None is no fault: the map then shows a grid. */
export async function findCityPacks(base: URL, fetchText: FetchText): Promise<readonly CityPack[]> {
  const index = indexSchema.safeParse(await fetchJson(new URL('index.json', base), fetchText));
  if (!index.success) return [];
  const packs = await Promise.all(index.data.packs.map((entry) => readPack(entry, base, fetchText)));
  return packs.filter((pack) => pack !== null);
}

/** The text at an address of ours, or null when nothing is there. */
export type FetchText = (address: URL) => Promise<string | null>;

async function readPack(
  { id, layers }: { readonly id: string; readonly layers: readonly string[] },
  base: URL,
  fetchText: FetchText,
): Promise<CityPack | null> {
  const folder = new URL(`${encodeURIComponent(id)}/`, base);
  const pack = packSchema.safeParse(await fetchJson(new URL('pack.json', folder), fetchText));
  if (!pack.success) return null;
  const known = packLayers.filter((layer) => layers.includes(layer));
  const addresses = known.map((layer) => [layer, new URL(`${layer}.geojson`, folder).href]);
  return { id, ...pack.data, layers: Object.fromEntries(addresses) };
}

async function fetchJson(address: URL, fetchText: FetchText): Promise<unknown> {
  const text = await fetchText(address);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** FetchText of the page. */
export async function fetchOwnText(address: URL): Promise<string | null> {
  const response = await fetch(address).catch(() => null);
  return response?.ok === true ? response.text() : null;
}
