import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../../core/base/canonical-json.ts';
import type { FinalDocument } from '../../core/protocol/document.ts';
import type { Statement } from '../../core/protocol/statement.ts';
import { fullDay, utcMoment } from '../parts/times.ts';
import { daysAfter } from './day-fields.ts';
import { documentKindWords } from './money-words.ts';

/** What stands at the foot of every page of a paper: which it is, as of when, and a digest that its PDF carries too. */
export function footOfDocument(document: FinalDocument): readonly string[] {
  return footLines(`${documentKindWords[document.kind]} ${document.number}`, document);
}

export function footOfStatement(statement: Statement): readonly string[] {
  return footLines(statementTitle(statement), statement);
}

export function statementTitle({ operator, firstDay, lastDay }: Statement): string {
  return `Statement of account, ${operator.name}, ${fullDay(firstDay)} to ${fullDay(lastDay)}`;
}

interface KnownAsOf {
  readonly asOf: { readonly position: number; readonly receivedAtMs: number };
}

function footLines(name: string, data: KnownAsOf): readonly string[] {
  const { receivedAtMs, position } = data.asOf;
  return [
    `${name} · As of ${utcMoment(receivedAtMs)}, journal position ${position}`,
    `Data SHA-256 ${bytesToHex(sha256(utf8ToBytes(canonicalJson(data))))}`,
  ];
}

/** The facts at the head of a printed document: what is agreed, and nothing that is only true today. */
export function documentFacts(document: FinalDocument): readonly (readonly [label: string, words: string])[] {
  const { rated, kind, earlier } = document;
  const last = daysAfter(rated.endDay, -1);
  return [
    ['For', document.operator.name],
    ['From', document.facility.name],
    ['Contract', document.contract],
    ['Period', `${fullDay(rated.startDay)} to ${fullDay(last)} (${document.timezone})`],
    ['Issued', fullDay(document.issuedDay)],
    ...(kind === 'credit_note' ? [] : [['Due', fullDay(document.dueDay)] as const]),
    ...(earlier.length === 0 ? [] : [['Corrects', earlier.map(({ number }) => number).join(', ')] as const]),
  ];
}
