import { closeSync, openSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { TimedPublish } from '../run/fleet-motion.ts';
import { payloadText } from '../trackers/tracker.ts';

/** Lines are compressed in pieces of about this many characters; pieces one after another are one gzip file. */
const PIECE_CHARACTERS = 1_048_576;

/** A file that packets are written to as they go out. */
export interface TraceFile {
  readonly write: (publish: TimedPublish) => void;
  readonly close: () => void;
}

/** Opens a trace; one whose name ends in .gz is compressed. Null without a path. */
export function openTrace(path: string | undefined): TraceFile | null {
  if (path === undefined) return null;
  const file = openSync(path, 'w');
  const isCompressed = path.endsWith('.gz');
  let waiting: string[] = [];
  let characters = 0;
  const flush = (): void => {
    const text = waiting.join('');
    if (text !== '') writeSync(file, isCompressed ? gzipSync(text) : Buffer.from(text));
    waiting = [];
    characters = 0;
  };
  return {
    write: (publish) => {
      const line = `${traceLine(publish)}\n`;
      waiting.push(line);
      characters += line.length;
      if (characters >= PIECE_CHARACTERS) flush();
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}

/** One packet of a trace, as JSON: when it was due, who sent it, and what. Bytes stand in hexadecimal as `hex`. */
export function traceLine(publish: TimedPublish): string {
  const { atMs, client, transport, topic, payload } = publish;
  const at = new Date(atMs).toISOString();
  const content = typeof payload === 'string' ? { payload } : { hex: payloadText(publish) };
  return JSON.stringify({ at, client, ...(transport === 'mqtt' ? {} : { transport }), topic, ...content });
}
