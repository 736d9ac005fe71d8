import { PbfReader } from 'pbf';
import { BadExtract } from './bad-extract.ts';

/** Tags of one thing on the map, read when asked for. */
export interface Tags {
  readonly get: (key: string) => string | undefined;
  readonly all: () => Record<string, string>;
}

/** Who wants to know what is in a block. Places in 1e-6 degree. A kind nobody asks for is not read. */
export interface BlockVisitor {
  readonly node?: (id: number, longitudeE6: number, latitudeE6: number, tags: Tags | null) => void;
  readonly way?: (id: number, refs: readonly number[], tags: Tags) => void;
  readonly relation?: (id: number, members: readonly Member[], tags: Tags) => void;
}

export interface Member {
  readonly id: number;
  readonly type: 'node' | 'way' | 'relation';
  readonly role: string;
}

/** What an extract may need of its reader, and we have. */
const FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes']);
const MEMBER_TYPES = ['node', 'way', 'relation'] as const;
const NANO_PER_E6 = 1_000;

/** Refuses an extract that needs more of its reader than this one has, such as one with the history of the map. */
export function checkHeader(bytes: Uint8Array): void {
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag !== 4) return;
    const feature = pbf.readString();
    if (!FEATURES.has(feature))
      throw new BadExtract(`the extract needs "${feature}", which is not read here`);
  }, null);
}

interface Block {
  readonly strings: Strings;
  readonly groups: Uint8Array[];
  granularity: number;
  latitudeNano: number;
  longitudeNano: number;
}

/** Reads a block of map data. Who edited what (the info fields) is never read. */
export function readBlock(bytes: Uint8Array, visitor: BlockVisitor): void {
  const block: Block = {
    strings: new Strings(),
    groups: [],
    granularity: 100,
    latitudeNano: 0,
    longitudeNano: 0,
  };
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) readStrings(pbf, into.strings);
    else if (tag === 2) into.groups.push(pbf.readBytes());
    else if (tag === 17) into.granularity = pbf.readVarint();
    else if (tag === 19) into.latitudeNano = pbf.readVarint(true);
    else if (tag === 20) into.longitudeNano = pbf.readVarint(true);
  }, block);
  for (const group of block.groups) {
    new PbfReader(group).readFields((tag, _, pbf) => {
      if (tag === 1 && visitor.node !== undefined) readNode(pbf, block, visitor.node);
      else if (tag === 2 && visitor.node !== undefined) readDenseNodes(pbf, block, visitor.node);
      else if (tag === 3 && visitor.way !== undefined) readWay(pbf, block, visitor.way);
      else if (tag === 4 && visitor.relation !== undefined) readRelation(pbf, block, visitor.relation);
    }, null);
  }
}

/** The kinds of things in a block, without reading them. */
export function kindsIn(bytes: Uint8Array): { node: boolean; way: boolean; relation: boolean } {
  const kinds = { node: false, way: false, relation: false };
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag !== 2) return;
    pbf.readMessage((kind) => {
      if (kind === 1 || kind === 2) kinds.node = true;
      else if (kind === 3) kinds.way = true;
      else if (kind === 4) kinds.relation = true;
    }, null);
  }, null);
  return kinds;
}

/** The words of a block, turned into text once, when first asked for: most never are. */
class Strings {
  readonly bytes: Uint8Array[] = [];
  private readonly texts: (string | undefined)[] = [];

  at(index: number): string {
    const known = this.texts[index];
    if (known !== undefined) return known;
    const bytes = this.bytes[index];
    if (bytes === undefined) throw new BadExtract('a part of the file is damaged: download it again');
    const text = DECODER.decode(bytes);
    this.texts[index] = text;
    return text;
  }
}

const DECODER = new TextDecoder();

function readStrings(pbf: PbfReader, strings: Strings): void {
  pbf.readMessage((tag, into, inner) => {
    if (tag === 1) into.bytes.push(inner.readBytes());
  }, strings);
}

function tagsOf(strings: Strings, keys: readonly number[], values: readonly number[]): Tags {
  const value = (place: number): string => strings.at(values[place] ?? -1);
  return {
    get: (key) => {
      const place = keys.findIndex((index) => strings.at(index) === key);
      return place === -1 ? undefined : value(place);
    },
    all: () => Object.fromEntries(keys.map((index, place) => [strings.at(index), value(place)])),
  };
}

function readNode(pbf: PbfReader, block: Block, visit: NonNullable<BlockVisitor['node']>): void {
  const keys: number[] = [];
  const values: number[] = [];
  const node = pbf.readMessage(
    (tag, into, inner) => {
      if (tag === 1) into.id = inner.readSVarint();
      else if (tag === 2) inner.readPackedVarint(keys);
      else if (tag === 3) inner.readPackedVarint(values);
      else if (tag === 8) into.latitude = inner.readSVarint();
      else if (tag === 9) into.longitude = inner.readSVarint();
    },
    { id: 0, latitude: 0, longitude: 0 },
  );
  const tags = keys.length === 0 ? null : tagsOf(block.strings, keys, values);
  visit(
    node.id,
    millionths(block, node.longitude, block.longitudeNano),
    millionths(block, node.latitude, block.latitudeNano),
    tags,
  );
}

/** Nodes as columns of differences; their tags as one row of key, value, …, 0 a node. */
function readDenseNodes(pbf: PbfReader, block: Block, visit: NonNullable<BlockVisitor['node']>): void {
  const [ids, latitudes, longitudes, words]: [number[], number[], number[], number[]] = [[], [], [], []];
  pbf.readMessage((tag, _, inner) => {
    if (tag === 1) inner.readPackedSVarint(ids);
    else if (tag === 8) inner.readPackedSVarint(latitudes);
    else if (tag === 9) inner.readPackedSVarint(longitudes);
    else if (tag === 10) inner.readPackedVarint(words);
  }, null);
  let [id, latitude, longitude, word] = [0, 0, 0, 0];
  for (let i = 0; i < ids.length; i += 1) {
    id += ids[i] ?? 0;
    latitude += latitudes[i] ?? 0;
    longitude += longitudes[i] ?? 0;
    const first = word;
    while (word < words.length && words[word] !== 0) word += 2;
    const tags = word === first ? null : denseTags(block.strings, words, first, word);
    word += 1;
    visit(
      id,
      millionths(block, longitude, block.longitudeNano),
      millionths(block, latitude, block.latitudeNano),
      tags,
    );
  }
}

function denseTags(strings: Strings, words: readonly number[], from: number, to: number): Tags {
  const own = words.slice(from, to);
  return tagsOf(
    strings,
    own.filter((_, i) => i % 2 === 0),
    own.filter((_, i) => i % 2 === 1),
  );
}

function readWay(pbf: PbfReader, block: Block, visit: NonNullable<BlockVisitor['way']>): void {
  const [keys, values, steps]: [number[], number[], number[]] = [[], [], []];
  const way = pbf.readMessage(
    (tag, into, inner) => {
      if (tag === 1) into.id = inner.readVarint(true);
      else if (tag === 2) inner.readPackedVarint(keys);
      else if (tag === 3) inner.readPackedVarint(values);
      else if (tag === 8) inner.readPackedSVarint(steps);
    },
    { id: 0 },
  );
  visit(way.id, summedUp(steps), tagsOf(block.strings, keys, values));
}

function readRelation(pbf: PbfReader, block: Block, visit: NonNullable<BlockVisitor['relation']>): void {
  const [keys, values, roles, steps, types]: [number[], number[], number[], number[], number[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const relation = pbf.readMessage(
    (tag, into, inner) => {
      if (tag === 1) into.id = inner.readVarint(true);
      else if (tag === 2) inner.readPackedVarint(keys);
      else if (tag === 3) inner.readPackedVarint(values);
      else if (tag === 8) inner.readPackedVarint(roles);
      else if (tag === 9) inner.readPackedSVarint(steps);
      else if (tag === 10) inner.readPackedVarint(types);
    },
    { id: 0 },
  );
  const members = summedUp(steps).map((id, i): Member => ({
    id,
    type: MEMBER_TYPES[types[i] ?? 0] ?? 'node',
    role: block.strings.at(roles[i] ?? 0),
  }));
  visit(relation.id, members, tagsOf(block.strings, keys, values));
}

function summedUp(steps: number[]): number[] {
  for (let i = 1; i < steps.length; i += 1) steps[i] = (steps[i] ?? 0) + (steps[i - 1] ?? 0);
  return steps;
}

function millionths(block: Block, value: number, offsetNano: number): number {
  return Math.round((offsetNano + block.granularity * value) / NANO_PER_E6);
}
