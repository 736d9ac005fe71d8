import fs from 'node:fs';
import type { TrackerPacket } from '../../core/tracker/decoded-packet.ts';

/** A line of a golden file, or of a saved failure: a packet as `milepost decode` takes it. */
interface PacketLine {
  readonly in: {
    readonly topic?: string | null;
    readonly payload: string;
    readonly payload_encoding: 'utf8' | 'hex' | 'base64';
    readonly transport?: 'tcp' | 'udp' | 'mqtt';
    readonly context?: object;
  };
}

const golden = new URL('../golden/decode/', import.meta.url);
const regressions = new URL('regressions/', import.meta.url);

/** The golden messages of a feed, good and bad: what the mutations start from. */
export function corpusOf(feed: string): readonly TrackerPacket[] {
  return packetsIn(new URL(`${feed}.jsonl`, golden));
}

/** Inputs that once broke a decoder; they are tried every time. */
export function regressionsOf(feed: string): readonly TrackerPacket[] {
  const file = new URL(`${feed}.jsonl`, regressions);
  return fs.existsSync(file) ? packetsIn(file) : [];
}

/** Keeps an input that broke a decoder; a person finds the defect, the file stays. */
export function saveRegression(feed: string, { topic, payload }: TrackerPacket, problem: string): string {
  const file = new URL(`${feed}.jsonl`, regressions);
  const line = {
    about: problem,
    in: { topic, payload_encoding: 'hex', payload: Buffer.from(payload).toString('hex') },
  };
  fs.appendFileSync(file, `${JSON.stringify(line)}\n`);
  return file.pathname;
}

function packetsIn(file: URL): readonly TrackerPacket[] {
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as PacketLine).in)
    .map(({ topic, payload, payload_encoding, transport }) => ({
      topic: topic ?? '',
      payload: new Uint8Array(Buffer.from(payload, payload_encoding)),
      ...(transport === undefined ? {} : { context: { transport } }),
    }));
}
