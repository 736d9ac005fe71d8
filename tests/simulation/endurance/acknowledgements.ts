import { must } from '../../../core/base/assert.ts';
import { readJournal } from '../../../core/process/journal/read-journal.ts';
import { packetKey } from './packet-key.ts';

/** What was acknowledged, held against the files of the journal. */
export class Acknowledgements {
  /** In the order of acknowledgement. */
  readonly #positions: number[] = [];
  readonly #keys = new Map<number, string>();
  #checked = 0;
  #nextPosition = 0;

  get count(): number {
    return this.#positions.length;
  }

  note(position: number, key: string): void {
    this.#positions.push(position);
    this.#keys.set(position, key);
  }

  /** After files may have changed, everything is looked at again. */
  lookAtAllAgain(): void {
    this.#checked = 0;
    this.#nextPosition = 0;
  }

  /** What is wrong, in words; null when every acknowledged packet is on disk, in order, and is what was sent. */
  problem(journal: string): string | null {
    if (this.#checked === this.#positions.length) return null;
    const onDisk = new Map<number, string>();
    for (const records of readJournal(journal, this.#nextPosition)) {
      for (const record of records) {
        this.#nextPosition = record.position + 1;
        if (record.kind === 'packet') onDisk.set(record.position, packetKey(record));
      }
    }
    for (; this.#checked < this.#positions.length; this.#checked += 1) {
      const position = must(this.#positions[this.#checked], 'acknowledged');
      const before = this.#positions[this.#checked - 1] ?? -1;
      if (position <= before) return `record ${position} was acknowledged after record ${before}`;
      const kept = onDisk.get(position);
      if (kept === undefined) return `packet ${position} was acknowledged and is not in the journal`;
      if (kept !== this.#keys.get(position)) return `record ${position} is another packet than was sent`;
    }
    return null;
  }
}
