/** Folding so many takes two seconds; a start that folds no more is there before anybody asks what is wrong. */
const RECORDS_MIN = 250_000;
/** A snapshot costs by all that was ever taken in. Made after a quarter more, it stays a twentieth of a packet's cost. */
const SHARE_OF_ALL = 4;

/** True when so much came since the last snapshot that a start after a fault would take long. Both are journal positions. */
export function isSnapshotDue(nextPosition: number, snapshotPosition: number): boolean {
  return nextPosition - snapshotPosition >= Math.max(RECORDS_MIN, nextPosition / SHARE_OF_ALL);
}
