import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

/** What a test puts on its map. Places in 1e-6 degree. */
export interface ExtractNode {
  readonly id: number;
  readonly at: readonly [longitudeE6: number, latitudeE6: number];
  readonly tags?: Readonly<Record<string, string>>;
}
export interface ExtractWay {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}
export interface ExtractRelation {
  readonly id: number;
  readonly members: readonly { readonly id: number; readonly role: string }[];
  readonly tags: Readonly<Record<string, string>>;
}
export interface ExtractContent {
  readonly nodes?: readonly ExtractNode[];
  readonly ways?: readonly ExtractWay[];
  readonly relations?: readonly ExtractRelation[];
  /** Nodes one by one, as few writers do, instead of as columns. */
  readonly isSparse?: boolean;
  readonly isRaw?: boolean;
  readonly features?: readonly string[];
}

/** An OSM extract in PBF form, written from the format's description: a header, then a blob a kind. */
export function anExtract(content: ExtractContent): Uint8Array {
  const { nodes = [], ways = [], relations = [], isRaw = false } = content;
  const header = new PbfWriter();
  for (const feature of content.features ?? ['OsmSchema-V0.6', 'DenseNodes'])
    header.writeStringField(4, feature);
  const blocks = [
    ...(nodes.length > 0 ? [nodeBlock(nodes, content.isSparse === true)] : []),
    ...(ways.length > 0 ? [wayBlock(ways)] : []),
    ...(relations.length > 0 ? [relationBlock(relations)] : []),
  ];
  return Buffer.concat([
    blob('OSMHeader', header.finish(), isRaw),
    ...blocks.map((block) => blob('OSMData', block, isRaw)),
  ]);
}

function blob(type: string, data: Uint8Array, isRaw: boolean): Uint8Array {
  const body = new PbfWriter();
  if (isRaw) body.writeBytesField(1, data);
  else {
    body.writeVarintField(2, data.length);
    body.writeBytesField(3, deflateSync(data));
  }
  const bytes = body.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, bytes.length);
  const head = header.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, bytes]);
}

/** The words of a block; the first is empty, because 0 ends a node's tags. */
class Words {
  readonly all: string[] = [''];

  of(text: string): number {
    const known = this.all.indexOf(text);
    return known === -1 ? this.all.push(text) - 1 : known;
  }
}

function blockOf(words: Words, group: (pbf: PbfWriter) => void, granularity: number): Uint8Array {
  const block = new PbfWriter();
  block.writeMessage(
    1,
    (all: readonly string[], pbf) => {
      for (const word of all) pbf.writeStringField(1, word);
    },
    words.all,
  );
  block.writeMessage(2, (_, pbf) => group(pbf), null);
  block.writeVarintField(17, granularity);
  return block.finish();
}

function nodeBlock(nodes: readonly ExtractNode[], isSparse: boolean): Uint8Array {
  const words = new Words();
  const keyValues = nodes.map(({ tags = {} }) =>
    Object.entries(tags).flatMap(([key, value]) => [words.of(key), words.of(value)]),
  );
  // A granularity that is not the usual one: a unit is 1e-6 degree.
  return blockOf(words, (pbf) => (isSparse ? sparse(pbf) : dense(pbf)), 1_000);

  function sparse(pbf: PbfWriter): void {
    nodes.forEach(({ id, at }, i) => {
      pbf.writeMessage(
        1,
        (_, node) => {
          node.writeSVarintField(1, id);
          node.writePackedVarint(
            2,
            (keyValues[i] ?? []).filter((__, place) => place % 2 === 0),
          );
          node.writePackedVarint(
            3,
            (keyValues[i] ?? []).filter((__, place) => place % 2 === 1),
          );
          node.writeSVarintField(8, at[1]);
          node.writeSVarintField(9, at[0]);
        },
        null,
      );
    });
  }

  function dense(pbf: PbfWriter): void {
    pbf.writeMessage(
      2,
      (_, columns) => {
        columns.writePackedSVarint(1, differences(nodes.map(({ id }) => id)));
        columns.writePackedSVarint(8, differences(nodes.map(({ at }) => at[1])));
        columns.writePackedSVarint(9, differences(nodes.map(({ at }) => at[0])));
        if (keyValues.some((row) => row.length > 0))
          columns.writePackedVarint(
            10,
            keyValues.flatMap((row) => [...row, 0]),
          );
      },
      null,
    );
  }
}

function wayBlock(ways: readonly ExtractWay[]): Uint8Array {
  const words = new Words();
  const rows = ways.map((way) => ({ ...way, entries: entriesOf(words, way.tags) }));
  return blockOf(
    words,
    (pbf) => {
      for (const { id, refs, entries } of rows) {
        pbf.writeMessage(
          3,
          (_, way) => {
            way.writeVarintField(1, id);
            way.writePackedVarint(
              2,
              entries.map(([key]) => key),
            );
            way.writePackedVarint(
              3,
              entries.map(([, value]) => value),
            );
            way.writePackedSVarint(8, differences(refs));
          },
          null,
        );
      }
    },
    100,
  );
}

function relationBlock(relations: readonly ExtractRelation[]): Uint8Array {
  const words = new Words();
  const rows = relations.map((relation) => ({
    ...relation,
    entries: entriesOf(words, relation.tags),
    roles: relation.members.map(({ role }) => words.of(role)),
  }));
  return blockOf(
    words,
    (pbf) => {
      for (const { id, members, entries, roles } of rows) {
        pbf.writeMessage(
          4,
          (_, relation) => {
            relation.writeVarintField(1, id);
            relation.writePackedVarint(
              2,
              entries.map(([key]) => key),
            );
            relation.writePackedVarint(
              3,
              entries.map(([, value]) => value),
            );
            relation.writePackedVarint(8, roles);
            relation.writePackedSVarint(9, differences(members.map((member) => member.id)));
            relation.writePackedVarint(
              10,
              members.map(() => 1),
            );
          },
          null,
        );
      }
    },
    100,
  );
}

function entriesOf(words: Words, tags: Readonly<Record<string, string>>): [number, number][] {
  return Object.entries(tags).map(([key, value]) => [words.of(key), words.of(value)]);
}

function differences(values: readonly number[]): number[] {
  return values.map((value, i) => value - (values[i - 1] ?? 0));
}
