import { fail, ok, type Result } from '../../base/result.ts';
import type { Refusal } from '../refusal.ts';
import { int16At, int32At, uint16At, uint32At, uint64At } from './teltonika-bytes.ts';
import { countOf, type DataField, type RecordLayout } from './teltonika-codec.ts';
import { type TeltonikaModel, VIN_IDS } from './teltonika-io.ts';
import { Reported } from './teltonika-reported.ts';

/**
 * Takes the records of a frame's data apart, in the order they stand there. 'count-mismatch' when they run over the
 * data or do not fill it, or when a record has not as many IO elements as it says.
 */
export function readBinaryRecords(
  data: DataField,
  layout: RecordLayout,
  model: TeltonikaModel,
): Result<readonly Reported[], Refusal> {
  return new BinaryRecords(data, layout, model).read();
}

class BinaryRecords {
  private readonly bytes: Uint8Array;
  private readonly layout: RecordLayout;
  private readonly bytesById: Uint8Array;
  private readonly count: number;
  private readonly end: number;
  private at: number;

  constructor(data: DataField, layout: RecordLayout, model: TeltonikaModel) {
    this.bytes = data.bytes;
    this.layout = layout;
    this.bytesById = model.bytesById;
    this.count = countOf(data);
    this.at = data.start + 2;
    this.end = data.end - 1;
  }

  read(): Result<readonly Reported[], Refusal> {
    const records: Reported[] = [];
    for (let i = 1; i <= this.count; i += 1) {
      const reported = new Reported(null);
      this.takeHead(reported);
      const announced = this.takeCount();
      const elements = this.takeElements(reported);
      if (this.at > this.end) return refuse(`record ${i} of ${this.count} runs over the end of the data`);
      if (elements !== announced)
        return refuse(`record ${i} announces ${announced} IO elements and has ${elements}`);
      records.push(reported);
    }
    if (this.at === this.end) return ok(records);
    return refuse(`${this.end - this.at} bytes are left after the ${this.count} records`);
  }

  /** Time, place and cause. Longitude comes first; the priority (byte 8) is of no use behind this door. */
  private takeHead(reported: Reported): void {
    const { bytes, at, layout } = this;
    reported.ts = uint64At(bytes, at);
    reported.longitude = int32At(bytes, at + 9) / DEGREE;
    reported.latitude = int32At(bytes, at + 13) / DEGREE;
    reported.alt = int16At(bytes, at + 17);
    reported.ang = uint16At(bytes, at + 19);
    reported.sat = bytes[at + 21] ?? 0;
    reported.sp = uint16At(bytes, at + 22);
    this.at = at + HEAD_BYTES;
    reported.evt = this.takeId();
    if (layout.hasGenerationType) this.at += 1;
  }

  /** How many elements there are in all. Running over the end ends it; the caller sees where the reader stands. */
  private takeElements(reported: Reported): number {
    let elements = 0;
    for (let width = 1; width <= 8; width *= 2) elements += this.takeGroup(reported, width);
    return this.layout.hasVariableGroup ? elements + this.takeVariableGroup(reported) : elements;
  }

  private takeGroup(reported: Reported, width: number): number {
    const count = this.takeCount();
    const next = this.at + count * (this.layout.idBytes + width);
    if (next <= this.end) for (let i = 0; i < count; i += 1) this.takeElement(reported, width);
    this.at = next;
    return count;
  }

  private takeElement(reported: Reported, width: number): void {
    const id = this.takeId();
    if (this.bytesById[id] === width) reported.addIo(id, this.uintAt(this.at, width));
    else if (width === 8 && VIN_IDS.includes(id)) reported.addIoText(id, this.textAt(this.at, width));
    this.at += width;
  }

  private takeVariableGroup(reported: Reported): number {
    const count = this.takeCount();
    for (let i = 0; i < count && this.at < this.end; i += 1) {
      const id = this.takeId();
      const length = uint16At(this.bytes, this.at);
      this.at += 2;
      if (this.at + length <= this.end && VIN_IDS.includes(id))
        reported.addIoText(id, this.textAt(this.at, length));
      this.at += length;
    }
    return count;
  }

  private takeId(): number {
    return this.takeUint(this.layout.idBytes);
  }

  private takeCount(): number {
    return this.takeUint(this.layout.countBytes);
  }

  private takeUint(width: 1 | 2): number {
    const value = width === 1 ? (this.bytes[this.at] ?? 0) : uint16At(this.bytes, this.at);
    this.at += width;
    return value;
  }

  private uintAt(at: number, width: number): number {
    if (width === 1) return this.bytes[at] ?? 0;
    return width === 2 ? uint16At(this.bytes, at) : uint32At(this.bytes, at);
  }

  /** Zeros pad a text that is shorter than its element, on either side. */
  private textAt(at: number, length: number): string {
    let text = '';
    for (let i = at; i < at + length; i += 1)
      if (this.bytes[i] !== 0) text += String.fromCharCode(this.bytes[i] ?? 0);
    return text;
  }
}

/** Coordinates are whole ten-millionths of a degree. */
const DEGREE = 10_000_000;
/** Up to the id of the element that caused the record. */
const HEAD_BYTES = 24;

function refuse(detail: string): Result<never, Refusal> {
  return fail({ reason: 'count-mismatch', detail });
}
