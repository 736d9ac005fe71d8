import { numberTextAt } from '../../base/json-number-text.ts';
import type { VendorFields } from '../vendor-fields.ts';

/** An IO element's id as a member's name. */
const IO_NAME = /^(?:0|[1-9]\d{0,5})$/;

/**
 * What a record reports, as numbers or as JSON values nobody has looked at; whichever way its packet was read. A record
 * repeats its device's few ids.
 */
export class Reported {
  ts: unknown = undefined;
  /** JSON writes the position as one text, `"latitude,longitude"`. */
  latlng: unknown = undefined;
  latitude: unknown = undefined;
  longitude: unknown = undefined;
  alt: unknown = undefined;
  ang: unknown = undefined;
  sat: unknown = undefined;
  sp: unknown = undefined;
  /** The id of the IO element that caused the record. */
  evt: unknown = undefined;
  private readonly ids: number[] = [];
  private readonly values: unknown[] = [];
  /** A bit for the last five of each id's: most of what is asked for is not there, and need not be searched for. */
  private idBits = 0;
  /** Null when every number is a whole one in the one spelling that such a number has. */
  private readonly source: string | null;

  constructor(source: string | null) {
    this.source = source;
  }

  /** The value of an IO element; undefined when the record has none. */
  io(id: number): unknown {
    if ((this.idBits & (1 << id)) === 0) return undefined;
    // The last one of a name counts, as in JSON.parse.
    for (let i = this.ids.length - 1; i >= 0; i -= 1) if (this.ids[i] === id) return this.values[i];
    return undefined;
  }

  addIo(id: number, value: unknown): void {
    this.idBits |= 1 << id;
    this.ids.push(id);
    this.values.push(value);
  }

  /** Adds a piece of a text that comes in pieces of eight bytes. */
  addIoText(id: number, text: string): void {
    const before = this.io(id);
    this.addIo(id, typeof before === 'string' ? before + text : text);
  }

  /** How the record spells the number that an IO element has (rule M1: no distance through a double). */
  ioNumberText(id: number, value: number): string {
    if (this.source === null) return String(value);
    return numberTextAt(this.source, ['state', 'reported', String(id)], value);
  }
}

/** What JSON.parse found under `state.reported` of `source`. */
export function reportedFromFields(fields: VendorFields, source: string): Reported {
  const reported = new Reported(source);
  reported.ts = fields['ts'];
  reported.latlng = fields['latlng'];
  reported.alt = fields['alt'];
  reported.ang = fields['ang'];
  reported.sat = fields['sat'];
  reported.sp = fields['sp'];
  reported.evt = fields['evt'];
  for (const name of Object.keys(fields)) if (IO_NAME.test(name)) reported.addIo(Number(name), fields[name]);
  return reported;
}
