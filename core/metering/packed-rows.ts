import {
  NUMBER_BYTES_MAX,
  type PackedBytes,
  readByte,
  readBytes,
  readCount,
  readNumbers,
  writeByte,
  writeBytes,
  writeCount,
  writeNumbers,
} from './byte-packing.ts';
import type { Series } from './series.ts';

/** Rows that follow each other in a series, with the stretches thinned among them: its columns, cut to length. */
export type Rows = Pick<
  Series,
  'atMs' | 'micrometres' | 'position' | 'receivedAtMs' | 'status' | 'rank' | 'backlogPlace' | 'thinned'
>;

/** A row has four numbers and three bytes, a stretch two and one; then there are two lengths and nine column heads. */
const ROW_BYTES_MAX = 4 * NUMBER_BYTES_MAX + 3;
const STRETCH_BYTES_MAX = 2 * NUMBER_BYTES_MAX + 1;
const HEAD_BYTES_MAX = 2 * NUMBER_BYTES_MAX + 2 * 9;

/** Rows as an archive keeps them: about nine bytes a reading instead of 35. */
export function packRows(rows: Rows): Uint8Array {
  const { atMs, micrometres, position, receivedAtMs, status, rank, backlogPlace, thinned } = rows;
  const { length } = thinned.afterMs;
  const bytesMax = atMs.length * ROW_BYTES_MAX + length * STRETCH_BYTES_MAX + HEAD_BYTES_MAX;
  const packed = { bytes: new Uint8Array(bytesMax), at: 0 };
  writeCount(packed, atMs.length);
  writeCount(packed, length);
  for (const column of [atMs, micrometres, position, receivedAtMs]) writeNumbers(packed, column);
  for (const column of [status, rank, backlogPlace]) packColumn(packed, column);
  writeNumbers(packed, thinned.afterMs);
  writeNumbers(packed, thinned.reference);
  packColumn(packed, thinned.hasQuarantined);
  return packed.bytes.slice(0, packed.at);
}

/** The rows that were packed. */
export function unpackRows(bytes: Uint8Array): Rows {
  const packed = { bytes, at: 0 };
  const rows = readCount(packed);
  const stretches = readCount(packed);
  return {
    atMs: readNumbers(packed, rows),
    micrometres: readNumbers(packed, rows),
    position: readNumbers(packed, rows),
    receivedAtMs: readNumbers(packed, rows),
    status: unpackColumn(packed, rows),
    rank: unpackColumn(packed, rows),
    backlogPlace: unpackColumn(packed, rows),
    thinned: {
      afterMs: readNumbers(packed, stretches),
      reference: readNumbers(packed, stretches),
      hasQuarantined: unpackColumn(packed, stretches),
    },
  };
}

/** Nearly every column of bytes has one value from its beginning to its end. */
function packColumn(packed: PackedBytes, column: Uint8Array): void {
  const first = column[0] ?? 0;
  const isOne = column.every((value) => value === first);
  writeByte(packed, isOne ? 1 : 0);
  if (isOne) writeByte(packed, first);
  else writeBytes(packed, column);
}

function unpackColumn(packed: PackedBytes, length: number): Uint8Array {
  return readByte(packed) === 1 ? new Uint8Array(length).fill(readByte(packed)) : readBytes(packed, length);
}
