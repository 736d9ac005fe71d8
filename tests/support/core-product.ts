import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { must } from '../../core/base/assert.ts';
import { exportRows } from '../../core/fold/export-rows.ts';
import { type Core, startCore } from '../../core/process/core-process.ts';
import { readDataFolder } from '../../core/process/data-folder.ts';
import { readWorld } from '../../core/process/live-world.ts';
import { verifyData } from '../../core/process/verify-data.ts';
import type { Book } from '../../core/protocol/book.ts';
import { productDesk } from '../../simulator/run/ask-product.ts';
import type { Endpoints } from '../../simulator/run/publisher.ts';
import type {
  DocumentFigures,
  ProductFigures,
  ScenarioProduct,
} from '../../simulator/scenarios/scenario-product.ts';
import type { BilledDay } from '../../simulator/truth/verify-truth.ts';

/** The real core in this process, for scenarios: what `fleet-sim run --serve` starts as a program of its own. */
export async function coreProduct(folder: string, book: Book): Promise<ScenarioProduct> {
  mkdirSync(folder, { recursive: true });
  const data = path.join(folder, 'data');
  let core: Core | null = await startedCore(data, book);
  const endpoints = (): Endpoints => {
    const { mqtt, tcp, udp, control } = must(core, 'a core that runs').ready;
    const token = readFileSync(path.join(data, 'control-token'), 'utf8').trim();
    return {
      host: '127.0.0.1',
      mqttPort: mqtt,
      ...(tcp === undefined ? {} : { tcpPorts: tcp }),
      ...(udp === undefined ? {} : { udpPorts: udp }),
      control: { port: must(control, 'a driven core has a control channel'), token },
    };
  };
  return {
    endpoints,
    restart: async () => {
      await core?.stop();
      core = await startedCore(data, book);
    },
    finish: async () => {
      const desk = productDesk(endpoints);
      const now = await desk.ask('money.now', {});
      desk.close();
      const counts = await must(core, 'a core that runs').stop();
      core = null;
      const fault = now.ok ? now.value.fault : now.error;
      return { ...(await figuresIn(data)), counts, bookFaults: fault === null ? [] : [fault] };
    },
    abandon: async () => {
      await core?.stop();
      core = null;
    },
  };
}

async function startedCore(data: string, book: Book): Promise<Core> {
  const core = await startCore(
    { data, book, clock: 'driven', mqttPort: 0, host: '127.0.0.1', tcpPorts: { teltonika: 0, queclink: 0 } },
    { log: () => undefined },
  );
  if (!core.ok) throw new Error(core.error.problem);
  return core.value;
}

async function figuresIn(data: string): Promise<Omit<ProductFigures, 'counts' | 'bookFaults'>> {
  const folder = readDataFolder(data);
  if (!folder.ok) throw new Error(folder.error);
  const world = readWorld(folder.value, () => undefined);
  return {
    tenths: [...exportRows(world, 'tenths')] as BilledDay[],
    documents: [...exportRows(world, 'documents')] as DocumentFigures[],
    journalDifferences: (await verifyData(folder.value)).differences.length,
  };
}
