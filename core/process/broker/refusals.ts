import type { Socket } from 'node:net';
import type { ClientRefusal, Note } from '../../protocol/journal-record.ts';
import type { Journal, JournalLog } from '../journal/journal.ts';
import { OnceAMinute } from '../listeners/once-a-minute.ts';

/** Addresses and names are free to invent: of what is the same kind of trouble only so many are told of a minute. */
const TOLD_PER_MINUTE_MAX = 200;

type Fields = Readonly<Record<string, unknown>>;

/** Tells the log and the journal of clients that were refused: the same of the same address once a minute. */
export class Refusals {
  readonly #log: JournalLog;
  readonly #append: Journal['append'];
  readonly #told = new OnceAMinute(TOLD_PER_MINUTE_MAX);

  constructor(log: JournalLog, append: Journal['append']) {
    this.#log = log;
    this.#append = append;
  }

  /** A line in the log and a note in the journal. Never give it what the client said its password is. */
  note(peer: Peer, reason: ClientRefusal, words: string, fields: Fields = {}): void {
    this.#once(`${reason} ${peer.address}`, () => {
      this.#log(words, { remote: peer.remote, reason, ...fields });
      this.#append({ kind: 'note', note: { note: 'client-refused', reason, remote: peer.remote } });
    });
  }

  /** A line in the log alone. */
  tell(key: string, words: string, fields?: Fields): void {
    this.#once(key, () => this.#log(words, fields));
  }

  situation(note: Extract<Note, { note: 'situation' }>, words: string): void {
    this.#once(`${note.situation} ${note.subject}`, () => {
      this.#log(words, { subject: note.subject, detail: note.detail });
      this.#append({ kind: 'note', note });
    });
  }

  #once(key: string, tell: () => void): void {
    this.#told.say(key, performance.now(), tell);
  }
}

/** Where a connection came from, kept because a closed socket no longer says. */
export interface Peer {
  readonly address: string;
  /** With its port. */
  readonly remote: string;
}

export function peerOf(socket: Socket): Peer {
  const address = socket.remoteAddress ?? 'unknown';
  return { address, remote: `${address}:${socket.remotePort ?? 0}` };
}
