import { onTestFinished } from 'vitest';
import type { BrokerLimits } from '../../core/process/broker/broker-limits.ts';
import type { Gate } from '../../core/process/broker/gate.ts';
import { type Broker, startBroker } from '../../core/process/broker/start-broker.ts';
import type { Teller } from '../../core/process/broker/teller.ts';
import type { Journal, JournalDisk } from '../../core/process/journal/journal.ts';
import { aDoor } from './a-door.ts';
import { emptyFolder, openForTest } from './journal-folder.ts';
import { type SwitchedDisk, switchedDisk } from './failing-disk.ts';

/** A broker on a free port in front of a journal on a disk with switches, as the core joins them. */
export interface JournalledBroker {
  readonly folder: string;
  readonly broker: Broker;
  readonly journal: Journal;
  readonly disk: SwitchedDisk;
  readonly logged: readonly string[];
  /** The lines with all their fields, as text. */
  readonly loggedWhole: readonly string[];
}

export async function journalledBroker(
  limits: Partial<BrokerLimits> = {},
  wrapDisk: (disk: SwitchedDisk) => JournalDisk = (disk) => disk,
  gate: Gate = aDoor().gate,
  teller?: Teller,
): Promise<JournalledBroker> {
  const folder = emptyFolder();
  const disk = switchedDisk();
  const journal = await openForTest(folder, { disk: wrapDisk(disk) });
  const logged: string[] = [];
  const loggedWhole: string[] = [];
  const broker = await startBroker({
    host: '127.0.0.1',
    port: 0,
    gate,
    append: (entry, settled) => journal.append(entry, settled),
    limits,
    ...(teller === undefined ? {} : { teller }),
    log: (line, fields) => {
      logged.push(line);
      loggedWhole.push(`${line} ${JSON.stringify(fields ?? {})}`);
    },
  });
  if (!broker.ok) throw new Error(broker.error.message);
  onTestFinished(async () => {
    await broker.value.close();
    await journal.close();
  });
  return { folder, broker: broker.value, journal, disk, logged, loggedWhole };
}
