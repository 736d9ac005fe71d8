import { onTestFinished } from 'vitest';
import type { RawFeed } from '../../core/protocol/raw-topic.ts';
import type { Admission, RawGate } from '../../core/process/listeners/raw-gate.ts';
import type { RawLimits } from '../../core/process/listeners/raw-limits.ts';
import { type RawListeners, startRawListeners } from '../../core/process/listeners/start-raw-listeners.ts';
import type { Journal } from '../../core/process/journal/journal.ts';
import { type SwitchedDisk, switchedDisk } from './failing-disk.ts';
import { emptyFolder, openForTest, readAll } from './journal-folder.ts';
import { decodeToys, toyWithLogin, toyWithoutLogin } from './toy-dialects.ts';

/** A gate that lets everybody in but those it is told about. */
export interface SwitchedGate extends RawGate {
  readonly answers: Map<string, Admission>;
  hasChanged(): void;
}

/** Listeners of two toy feeds on free ports in front of a journal on a disk with switches, under a clock that is moved. */
export interface JournalledListeners {
  readonly folder: string;
  readonly listeners: RawListeners;
  readonly journal: Journal;
  readonly disk: SwitchedDisk;
  readonly gate: SwitchedGate;
  readonly logged: readonly string[];
  port(transport: 'tcp' | 'udp', feed: RawFeed): number;
  /** Moves the listeners' clock and lets them look at it. */
  pass(ms: number): void;
  /** The packets on disk: topic and text. */
  packets(): (readonly [topic: string, text: string])[];
  notes(): unknown[];
}

export async function journalledListeners(limits: Partial<RawLimits> = {}): Promise<JournalledListeners> {
  const folder = emptyFolder();
  const disk = switchedDisk();
  const journal = await openForTest(folder, { disk });
  const logged: string[] = [];
  const gate = switchedGate();
  let nowMs = 1_000_000;
  const started = await startRawListeners({
    host: '127.0.0.1',
    tcpPorts: { teltonika: 0, queclink: 0 },
    udpPorts: { teltonika: 0, queclink: 0 },
    dialects: [toyWithLogin, toyWithoutLogin],
    append: (entry, settled) => journal.append(entry, settled),
    gate,
    decode: decodeToys,
    limits,
    log: (line) => logged.push(line),
    nowMs: () => nowMs,
  });
  if (!started.ok) throw new Error(started.error.message);
  const listeners = started.value;
  onTestFinished(async () => {
    await listeners.close();
    await journal.close();
  });
  return {
    folder,
    listeners,
    journal,
    disk,
    gate,
    logged,
    port: (transport, feed) => listeners[transport][feed] ?? 0,
    pass: (ms) => {
      nowMs += ms;
      listeners.tick();
    },
    packets: () =>
      readAll(folder).flatMap((record) =>
        record.kind === 'packet'
          ? [[record.topic, Buffer.from(record.payload).toString('latin1')] as const]
          : [],
      ),
    notes: () => readAll(folder).flatMap((record) => (record.kind === 'note' ? [record.note] : [])),
  };
}

function switchedGate(): SwitchedGate {
  const answers = new Map<string, Admission>();
  let version = 0;
  return {
    answers,
    admit: (_feed, device) => answers.get(device) ?? 'ok',
    version: () => version,
    hasChanged: () => void (version += 1),
  };
}
