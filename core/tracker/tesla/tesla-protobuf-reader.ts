import type { Findings } from '../vendor-fields.ts';

/** How a field of a protobuf message is laid out. The two group types are out of use and in no message of this feed. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Walks the fields of one protobuf message, from `start` to `end` of the bytes, and never beyond: a field that does not
 * fit is a finding ('length-mismatch'), and so are bytes that are no protobuf ('not-this-protocol'). After `next`, the
 * field's number, wire type and value stand in the reader; a field nobody asks about is thereby skipped.
 */
export class ProtobufReader {
  field = 0;
  wireType = 0;
  /** Where the field's value stands, for all wire types but varint. */
  valueStart = 0;
  valueEnd = 0;
  /** A varint's value: signed, as 64 bits. Exact up to 2^53, which is more than any value of this feed. */
  varint = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at: number;
  private readonly end: number;
  private readonly findings: Findings;

  constructor(
    findings: Findings,
    bytes: Uint8Array,
    start = 0,
    end = bytes.length,
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ) {
    this.findings = findings;
    this.bytes = bytes;
    this.view = view;
    this.at = start;
    this.end = end;
  }

  /** The message that is the value of the field just read. */
  inner(): ProtobufReader {
    return new ProtobufReader(this.findings, this.bytes, this.valueStart, this.valueEnd, this.view);
  }

  /** Steps to the next field; false at the end, and after a finding. */
  next(): boolean {
    if (this.at === this.end || !this.readVarint()) return false;
    const tag = this.varint;
    this.field = Math.floor(tag / 8);
    this.wireType = tag & 7;
    if (tag < 0 || this.field < 1 || this.field > FIELD_MAX) {
      return this.stop('not-this-protocol', `no protobuf field has the number ${this.field}`);
    }
    return this.readValue();
  }

  value(): Uint8Array {
    return this.bytes.subarray(this.valueStart, this.valueEnd);
  }

  float(): number {
    return this.view.getFloat32(this.valueStart, true);
  }

  double(): number {
    return this.view.getFloat64(this.valueStart, true);
  }

  private readValue(): boolean {
    switch (this.wireType) {
      case WIRE.varint:
        return this.readVarint();
      case WIRE.fixed64:
        return this.take(8);
      case WIRE.fixed32:
        return this.take(4);
      case WIRE.bytes:
        return this.readVarint() && this.take(this.varint);
      default:
        return this.stop('not-this-protocol', `field ${this.field} has the wire type ${this.wireType}`);
    }
  }

  private take(length: number): boolean {
    if (length < 0 || length > this.end - this.at) {
      const left = this.end - this.at;
      return this.stop(
        'length-mismatch',
        `field ${this.field} has ${length} bytes, of which ${left} are there`,
      );
    }
    this.valueStart = this.at;
    this.at += length;
    this.valueEnd = this.at;
    return true;
  }

  /** Seven bits a byte, the lowest first, in two halves of 32 bits: a double would round the large negative ones. */
  private readVarint(): boolean {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= this.end) return this.stop('length-mismatch', 'the bytes end within a number');
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift > 25) high |= shift < 32 ? bits >>> (32 - shift) : bits << (shift - 32);
      if (shift === 63 && byte > 1) break;
      if (byte < 0x80) {
        this.varint = high * 4_294_967_296 + (low >>> 0);
        return true;
      }
    }
    return this.stop('not-this-protocol', 'a number has more than 64 bits');
  }

  private stop(reason: 'length-mismatch' | 'not-this-protocol', detail: string): false {
    this.findings.refuse(reason, detail);
    this.at = this.end;
    return false;
  }
}

const FIELD_MAX = 536_870_911;
