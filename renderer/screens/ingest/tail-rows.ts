import type { AskAnswer } from '../../../core/protocol/link.ts';
import type { RawRow } from '../../../core/protocol/ingest-asks.ts';

/**
 * The packets on screen, newest first, and how many there were beside them. Whatever comes, it stays this small: a row
 * over the limit drops the oldest, and packets there is no time to draw are only counted.
 */
export interface Tail {
  readonly rows: readonly RawRow[];
  /** The newest packet drawn or passed over, as the core counts packets; -1 before the first answer. */
  readonly after: number;
  /** Passed over because more came than can be drawn. */
  readonly missed: number;
  /** Came while the list was held. */
  readonly waiting: number;
  /** The next answer fills the list with what is there already. */
  readonly isFilling: boolean;
}

export const EMPTY_TAIL: Tail = { rows: [], after: -1, missed: 0, waiting: 0, isFilling: true };

/** What a person might scroll back through; the journal has the rest. */
export const ROWS_KEPT = 1_000;
/** Twice a second: more than twenty rows a second nobody can read. */
const ROWS_A_POLL = 10;
/** At first and after a pause, what there was before. */
const ROWS_AT_ONCE = 100;

/** What to ask next. A list that is held only wants to know how many wait. */
export function nextTailAsk({ after, isFilling, waiting }: Tail, isHeld: boolean): TailAsk {
  if (isFilling) return { after: -1, limit: ROWS_AT_ONCE };
  if (isHeld) return { after, limit: 1 };
  return { after, limit: waiting > 0 ? ROWS_AT_ONCE : ROWS_A_POLL };
}

export interface TailAsk {
  readonly after: number;
  readonly limit: number;
}

/** The tail with an answer taken in. */
export function takeTail(tail: Tail, answer: AskAnswer<'ingest.tail'>, isHeld: boolean): Tail {
  // The core counts from 0 again: it was started anew, and what it knows comes in as at first.
  if (answer.newest < tail.after) return { ...tail, after: -1, waiting: 0, isFilling: true };
  if (isHeld && !tail.isFilling) return { ...tail, waiting: answer.rows.length + answer.unseen };
  const newestDrawn = tail.rows[0]?.position ?? -1;
  const fresh = answer.rows.filter(({ position }) => position > newestDrawn);
  return {
    rows: [...fresh, ...tail.rows].slice(0, ROWS_KEPT),
    after: answer.newest,
    missed: tail.missed + (tail.isFilling ? 0 : answer.unseen),
    waiting: 0,
    isFilling: false,
  };
}
