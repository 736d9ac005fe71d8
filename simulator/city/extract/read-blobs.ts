import { closeSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { BadExtract } from './bad-extract.ts';

/** A part of an extract, unpacked when it is asked for. */
export interface Blob {
  /** Its number in the file, from 0. */
  readonly index: number;
  readonly type: string;
  readonly bytes: () => Uint8Array;
}

/** The format's own limits; what claims to be larger is something else. */
const HEADER_BYTES_MAX = 64 * 1024;
const BLOB_BYTES_MAX = 32 * 1024 * 1024;
const NOT_AN_EXTRACT = 'this is not an OpenStreetMap extract in PBF form (.osm.pbf)';

/** The blobs of a file, one in memory at a time. */
export function* readBlobs(path: string): Generator<Blob> {
  const file = openSync(path, 'r');
  try {
    let index = 0;
    for (let length = readLength(file); length !== null; length = readLength(file)) {
      if (length === 0 || length > HEADER_BYTES_MAX) throw new BadExtract(NOT_AN_EXTRACT);
      const { type, size } = blobHeader(readWhole(file, length));
      if (type === '' || size > BLOB_BYTES_MAX) throw new BadExtract(NOT_AN_EXTRACT);
      const packed = readWhole(file, size);
      yield { index, type, bytes: () => unpack(packed) };
      index += 1;
    }
    if (index === 0) throw new BadExtract('the file is empty');
  } finally {
    closeSync(file);
  }
}

function readLength(file: number): number | null {
  const bytes = new Uint8Array(4);
  const count = readSync(file, bytes);
  if (count === 0) return null;
  if (count < bytes.length) throw new BadExtract('the file breaks off: download it again');
  return new DataView(bytes.buffer).getUint32(0);
}

function readWhole(file: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, bytes, filled, length - filled, null);
    if (count === 0) throw new BadExtract('the file breaks off: download it again');
    filled += count;
  }
  return bytes;
}

function blobHeader(bytes: Uint8Array): { readonly type: string; readonly size: number } {
  return new PbfReader(bytes).readFields(
    (tag, header, pbf) => {
      if (tag === 1) header.type = pbf.readString();
      else if (tag === 3) header.size = pbf.readVarint();
    },
    { type: '', size: 0 },
  );
}

function unpack(packed: Uint8Array): Uint8Array {
  const blob = new PbfReader(packed).readFields(
    (tag, found, pbf) => {
      if (tag === 1) found.raw = pbf.readBytes();
      else if (tag === 3) found.zlib = pbf.readBytes();
    },
    { raw: null as Uint8Array | null, zlib: null as Uint8Array | null },
  );
  if (blob.raw !== null) return blob.raw;
  if (blob.zlib === null)
    throw new BadExtract(
      'the extract is packed in a way other than zlib: write it again with "osmium cat -f pbf,pbf_compression=zlib"',
    );
  try {
    return inflateSync(blob.zlib, { maxOutputLength: BLOB_BYTES_MAX });
  } catch (error) {
    throw new BadExtract(
      `a part of the file is damaged (${error instanceof Error ? error.message : String(error)}): download it again`,
    );
  }
}
