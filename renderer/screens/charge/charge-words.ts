import type { ChargeExplanation } from '../../../core/protocol/link.ts';
import { formatCount, formatMicrometres, formatPence, formatTenths, wordsOf } from '../../parts/formats.ts';

/** What the meter made of a reading, for somebody who keeps books: the word, and what it means for the bill. */
const statusWords: Readonly<Record<string, readonly [string, string] | undefined>> = {
  accepted: ['Accepted', 'bills'],
  superseded: ['Superseded', 'another reading of the same instant counts'],
  jitter: ['Jitter', 'up to a mile below the last, ignored'],
  repeat: ['Repeat', 'the same value said again'],
  rollback: ['Quarantined: rollback', 'more than a mile below the last, never billed'],
  jump: ['Quarantined: jump', 'further than a vehicle can drive, never billed'],
  clock: ['Quarantined: clock', 'the tracker’s clock is wrong, never billed'],
  conflict: ['Quarantined: conflict', 'two readings of one instant disagree, never billed'],
  rejected: ['Rejected', 'two people took it out, never billed'],
};

const sourceWords: Readonly<Record<string, string | undefined>> = {
  handover: 'signed handover',
  replacement: 'replacement',
  vehicle_bus: 'vehicle bus',
  oem_api: 'maker’s feed',
  tracker_can: 'tracker, CAN bus',
  tracker_gps: 'tracker, GPS',
  manual: 'entered by hand',
};

/** The status word of a reading and its consequence; one we have no words for is shown as it is. */
export function wordsOfStatus(status: string): readonly [word: string, meaning: string] {
  return statusWords[status] ?? [wordsOf(status), ''];
}

export function wordsOfSource(source: string): string {
  return sourceWords[source] ?? wordsOf(source);
}

/** The whole charge in one sentence. */
export function chargeSentence(charge: ChargeExplanation, registration: string): string {
  const state = charge.isProvisional ? ' so far, provisional until the next reading' : '';
  return `${registration} drove ${formatTenths(charge.tenths, charge.unit)}${state}, at ${charge.ratePence}p a ${
    charge.unit === 'mi' ? 'mile' : 'kilometre'
  }: ${formatPence(charge.pence)}.`;
}

/** The multiplication, with the numbers that go in: "415 tenths × 30p ÷ 10 = 1,245p". */
export function priceSum({ tenths, ratePence, pence }: ChargeExplanation): string {
  return `${formatCount(tenths)} tenths × ${ratePence}p ÷ 10 = ${formatCount(pence)}p`;
}

/** The odometer at an instant and the whole tenths in it. */
export function floorSum(micrometres: number, tenths: number, unit: 'mi' | 'km'): string {
  return `${formatMicrometres(micrometres, unit)} holds ${formatCount(tenths)} whole tenths`;
}

/** Hex text as rows of 16 bytes: offset, bytes, and the printable ones as text. */
export function hexRows(hex: string): readonly { offset: string; bytes: string; text: string }[] {
  const bytes = hex.match(/../g) ?? [];
  const rows = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_ROW) {
    const row = bytes.slice(at, at + BYTES_PER_ROW);
    rows.push({
      offset: at.toString(16).padStart(4, '0'),
      bytes: row.join(' ').padEnd(BYTES_PER_ROW * 3 - 1),
      text: row.map(printable).join(''),
    });
  }
  return rows;
}

const BYTES_PER_ROW = 16;

function printable(byte: string): string {
  const code = Number.parseInt(byte, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCodePoint(code) : '·';
}
