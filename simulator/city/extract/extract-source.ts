import { areaKind, PLACE_KINDS } from '../area-kinds.ts';
import { drivableWay } from '../drivable-way.ts';
import type { CitySource, PointE6, SourceArea, SourcePlace, SourceWay } from '../source-way.ts';
import { areaRings } from './area-rings.ts';
import { BadExtract } from './bad-extract.ts';
import { type Bounds, NodePlaces } from './node-places.ts';
import { readBlobs } from './read-blobs.ts';
import { type BlockVisitor, checkHeader, kindsIn, readBlock, type Tags } from './read-block.ts';

/** What is kept of a street's tags: what decides how it is driven, and its name. */
const STREET_TAGS = [
  'highway',
  'name',
  'maxspeed',
  'oneway',
  'junction',
  'area',
  'access',
  'vehicle',
  'motor_vehicle',
  'motorcar',
] as const;

interface Street {
  readonly id: number;
  readonly tags: Record<string, string>;
  readonly refs: Float64Array;
}

interface Area {
  readonly name: string | null;
  readonly kind: string;
  /** Ids of ways, for an area of several; its own nodes, for a closed way. */
  readonly outer: readonly number[];
  readonly inner: readonly number[];
  readonly refs: Float64Array | null;
}

type Kind = 'node' | 'way' | 'relation';

/**
 * The streets, places and areas of an OSM extract. It is read three times (areas of several ways, then ways, then the
 * places of their nodes), a blob at a time, so that what is in memory is the city and not the file.
 */
export function extractSource(path: string, bounds: Bounds | null, say: (line: string) => void): CitySource {
  const reader = new ExtractReader(path);
  say('reading areas');
  reader.readRelations();
  say('reading streets');
  reader.readWays();
  if (reader.streets.length === 0) throw new BadExtract('the extract has no street that a car could use');
  say(`reading the places of ${reader.streets.length} streets`);
  return reader.source(bounds);
}

class ExtractReader {
  readonly streets: Street[] = [];
  private readonly path: string;
  private readonly kinds: ReturnType<typeof kindsIn>[] = [];
  private readonly areas: Area[] = [];
  private readonly members = new Map<number, Float64Array | null>();

  constructor(path: string) {
    this.path = path;
  }

  readRelations(): void {
    this.visit(null, {
      relation: (_, members, tags) => {
        const kind = areaKind(tags.get);
        if (kind === null || tags.get('type') !== 'multipolygon') return;
        const ways = members.filter(({ type }) => type === 'way');
        for (const { id } of ways) this.members.set(id, null);
        this.areas.push({
          name: tags.get('name') ?? null,
          kind,
          outer: ways.filter(({ role }) => role !== 'inner').map(({ id }) => id),
          inner: ways.filter(({ role }) => role === 'inner').map(({ id }) => id),
          refs: null,
        });
      },
    });
  }

  readWays(): void {
    this.visit('way', {
      way: (id, refs, tags) => {
        if (tags.get('highway') !== undefined) this.addStreet(id, refs, tags);
        else this.addArea(refs, tags);
        if (this.members.has(id)) this.members.set(id, Float64Array.from(refs));
      },
    });
  }

  source(bounds: Bounds | null): CitySource {
    const nodes = new NodePlaces(this.neededNodes(), bounds);
    const places: SourcePlace[] = [];
    this.visit('node', {
      node: (id, longitudeE6, latitudeE6, tags) => {
        nodes.note(id, longitudeE6, latitudeE6);
        const place = tags === null ? null : placeOf(tags, [longitudeE6, latitudeE6]);
        if (place !== null && nodes.isInside(longitudeE6, latitudeE6)) places.push(place);
      },
    });
    const ways = this.streets.flatMap(({ id, tags, refs }): SourceWay[] =>
      nodes.piecesOf(refs).map((lineE6) => ({ id: String(id), tags, lineE6 })),
    );
    return { ways, places, areas: this.areas.flatMap((area) => this.sourceArea(area, nodes)) };
  }

  private addStreet(id: number, refs: readonly number[], tags: Tags): void {
    const kept: Record<string, string> = {};
    for (const key of STREET_TAGS) {
      const value = tags.get(key);
      if (value !== undefined) kept[key] = value;
    }
    if (drivableWay(kept) !== null) this.streets.push({ id, tags: kept, refs: Float64Array.from(refs) });
  }

  private addArea(refs: readonly number[], tags: Tags): void {
    const kind = refs.length > 3 && refs[0] === refs.at(-1) ? areaKind(tags.get) : null;
    if (kind === null) return;
    this.areas.push({
      name: tags.get('name') ?? null,
      kind,
      outer: [],
      inner: [],
      refs: Float64Array.from(refs),
    });
  }

  private neededNodes(): number[] {
    const needed: number[] = [];
    const rows = [
      ...this.streets.map(({ refs }) => refs),
      ...this.areas.map(({ refs }) => refs),
      ...this.members.values(),
    ];
    for (const refs of rows) for (const id of refs ?? []) needed.push(id);
    return needed;
  }

  private sourceArea({ name, kind, outer, inner, refs }: Area, nodes: NodePlaces): SourceArea[] {
    const lines = (ids: readonly number[]): PointE6[][] =>
      ids.flatMap((id) => nodes.piecesOf(this.members.get(id) ?? []));
    const rings = refs === null ? areaRings(lines(outer), lines(inner)) : areaRings(nodes.piecesOf(refs), []);
    // A ring on the map ends where it began.
    const closed = rings.map((ring) => [...ring, ...ring.slice(0, 1)]);
    return closed.length === 0 ? [] : [{ name, kind, rings: closed }];
  }

  /** Goes through the file once. After the first time it is known which blobs have what, and others are not unpacked. */
  private visit(kind: Kind | null, visitor: BlockVisitor): void {
    for (const { index, type, bytes } of readBlobs(this.path)) {
      if (type === 'OSMHeader' && kind === null) checkHeader(bytes());
      if (type !== 'OSMData' || (kind !== null && this.kinds[index]?.[kind] !== true)) continue;
      const block = bytes();
      this.kinds[index] ??= kindsIn(block);
      readBlock(block, visitor);
    }
  }
}

function placeOf(tags: Tags, point: PointE6): SourcePlace | null {
  const kind = tags.get('place');
  const name = tags.get('name');
  return kind !== undefined && name !== undefined && PLACE_KINDS.has(kind) ? { name, kind, point } : null;
}
