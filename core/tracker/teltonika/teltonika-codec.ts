import type { Refusal } from '../refusal.ts';

/** How a codec writes records: how wide the ids and counts of IO elements are, and what else a record has. */
export interface RecordLayout {
  readonly idBytes: 1 | 2;
  readonly countBytes: 1 | 2;
  readonly hasGenerationType: boolean;
  readonly hasVariableGroup: boolean;
}

const LAYOUT_BY_CODEC: ReadonlyMap<number, RecordLayout> = new Map<number, RecordLayout>([
  [0x08, { idBytes: 1, countBytes: 1, hasGenerationType: false, hasVariableGroup: false }],
  [0x8e, { idBytes: 2, countBytes: 2, hasGenerationType: false, hasVariableGroup: true }],
  [0x10, { idBytes: 2, countBytes: 1, hasGenerationType: true, hasVariableGroup: false }],
]);

/**
 * A frame's data: codec id, count, records or commands, the count again. `bytes` from `start` to `end`; on TCP and UDP
 * the same.
 */
export interface DataField {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Codec id and two counts. */
export const DATA_BYTES_MIN = 3;

export function countOf({ bytes, start }: DataField): number {
  return bytes[start + 1] ?? 0;
}

/** How the records of the data are written; null when it holds commands. */
export function layoutOf({ bytes, start }: DataField): RecordLayout | null {
  return LAYOUT_BY_CODEC.get(bytes[start] ?? 0) ?? null;
}

/** What is wrong with the data before a record is looked at: too short, of a codec there is no decoder for, two counts. */
export function dataFieldRefusal(data: DataField): Refusal | null {
  const { bytes, start, end } = data;
  if (end - start < DATA_BYTES_MIN)
    return {
      reason: 'length-mismatch',
      detail: `${end - start} bytes of data do not hold a codec and two counts`,
    };
  const codec = bytes[start] ?? 0;
  if (!LAYOUT_BY_CODEC.has(codec) && !isCommandCodec(codec))
    return {
      reason: 'unsupported-codec',
      detail: `codec ${codec.toString(16).padStart(2, '0').toUpperCase()} is none of 08, 8E, 10, 0C to 0F`,
    };
  const again = bytes[end - 1] ?? 0;
  if (again === countOf(data)) return null;
  return {
    reason: 'count-mismatch',
    detail: `the data counts ${countOf(data)} at first and ${again} at last`,
  };
}

/** Commands and their answers, with or without time and IMEI: nothing to meter. */
function isCommandCodec(codec: number): boolean {
  return codec >= 0x0c && codec <= 0x0f;
}
