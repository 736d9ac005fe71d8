import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { billedTenthsByVehicle } from '../support/billed-tenths.ts';
import { randomStream } from '../../core/base/random.ts';
import { openDataFolder } from '../../core/process/data-folder.ts';
import { readJournal } from '../../core/process/journal/read-journal.ts';
import { verifyData } from '../../core/process/verify-data.ts';
import { demoBook } from '../../simulator/fleet/demo-book.ts';
import { type FleetPlan, fleetPlan } from '../../simulator/fleet/fleet-plan.ts';
import { type City, openCityPack } from '../../simulator/roads/city-pack.ts';
import { controlClient } from '../../simulator/run/control-client.ts';
import { driveFleet, HISTORY_STEP_MS, type RunOutcome } from '../../simulator/run/drive-fleet.ts';
import { mqttPublisher } from '../../simulator/run/mqtt-publisher.ts';
import type { Endpoints, Publisher } from '../../simulator/run/publisher.ts';
import { emptyFolder } from '../support/journal-folder.ts';
import { type ServedCore, serveCore } from '../support/serve-process.ts';

/**
 * The core process is killed in the middle of load. Afterwards every acknowledged packet is in the journal, the journal
 * verifies, and the billed tenths are the simulator's truth. The control run acknowledges before anything is on disk:
 * it must lose packets, or this test could not tell the difference.
 */
const SEEDS = (process.env['KILL_SEEDS'] ?? '1,2,3,4,5,6,7,8,9,10').split(',').map(Number);
const VEHICLES = 60;
const START_MS = Date.UTC(2026, 2, 2, 8);
const DRIVE_MS = 5 * 60_000;
const ACKING_EARLY = path.resolve('tests/support/serve-acking-early.ts');

let city: City;
beforeAll(() => {
  const opened = openCityPack(path.resolve('out/city-packs'), 'gothenburg');
  if (!opened.ok) throw new Error(opened.error);
  city = opened.value;
});

test.each(SEEDS)(
  'seed %i: killed in mid load, nothing acknowledged is lost and every tenth is billed',
  async (seed) => {
    const run = await killInMidLoad(seed);
    expect(run.missing).toBe(0);
    expect(run.acknowledged).toBeGreaterThan(1_000);
    expect(run.verification).toMatchObject({ ok: true, differences: [] });
    expect(run.billed).toEqual(run.truth);
    expect(Object.values(run.billed).reduce((sum, tenths) => sum + tenths, 0)).toBeGreaterThan(0);
  },
  120_000,
);

test('control: a core that acknowledges before the sync loses what it acknowledged', async () => {
  const run = await killInMidLoad(99, ACKING_EARLY);
  expect(run.missing).toBeGreaterThan(0);
}, 120_000);

interface KilledRun {
  readonly acknowledged: number;
  readonly missing: number;
  readonly verification: Awaited<ReturnType<typeof verifyData>>;
  readonly billed: Record<string, number>;
  readonly truth: Record<string, number>;
}

/** Drives a fleet at full speed, kills the core after a seeded number of acknowledgements, starts it again, finishes. */
async function killInMidLoad(seed: number, entry?: string): Promise<KilledRun> {
  const folder = emptyFolder();
  const data = path.join(folder, 'data');
  const plan = fleetPlan({
    seed,
    vehicles: VEHICLES,
    timeZone: city.timeZone,
    startMs: START_MS,
    isAlwaysBusy: true,
    historyDays: 0,
  });
  const bookFile = path.join(folder, 'book.json');
  fs.writeFileSync(bookFile, JSON.stringify(demoBook(plan)));
  const arguments_ = ['--clock', 'driven', '--book', bookFile, '--mqtt-port'];
  let core = await serveCore(data, [...arguments_, '0'], entry);

  const acknowledged: string[] = [];
  const killAfter = 1_000 + randomStream('kill', seed).below(2_000);
  const { promise: timeToKill, resolve: killNow } = withResolvers();
  const driving = drive(
    plan,
    () => endpointsOf(core),
    (packet) => {
      acknowledged.push(packet);
      if (acknowledged.length === killAfter) killNow();
    },
  );
  await Promise.race([timeToKill, driving]);
  await core.kill();
  core = await serveCore(data, [...arguments_, String(core.ready.mqtt)], entry);
  const { truth } = await driving;
  await core.stop();

  const opened = openDataFolder(data, 'driven', true);
  if (!opened.ok) throw new Error(opened.error);
  return {
    acknowledged: acknowledged.length,
    missing: missingFrom(opened.value.journal, acknowledged),
    verification: await verifyData(opened.value),
    billed: billedTenthsByVehicle(opened.value),
    truth: Object.fromEntries(truth.vehicles.map(({ vehicle, tenths }) => [vehicle, tenths])),
  };
}

/** Drives as the simulator does, and says of each packet when the product acknowledged it. */
async function drive(
  plan: FleetPlan,
  endpoints: () => Endpoints,
  onAcknowledged: (packet: string) => void,
): Promise<RunOutcome> {
  const [publisher, clock] = [await mqttPublisher(endpoints, 10_000), await controlClient(endpoints, 10_000)];
  if (!publisher.ok || !clock.ok) throw new Error('the core did not take the connection');
  const watched: Publisher = {
    ...publisher.value,
    publishAll: (publishes, tell) =>
      publisher.value.publishAll(publishes, (publish) => {
        tell(publish);
        onAcknowledged(digestOf(publish.topic, publish.payload));
      }),
  };
  const outcome = await driveFleet({
    plan,
    network: city.network,
    publisher: watched,
    clock: clock.value,
    speed: 'max',
    durationMs: DRIVE_MS,
    historyStepMs: HISTORY_STEP_MS,
    signal: new AbortController().signal,
  });
  await watched.close();
  await clock.value.close();
  return outcome;
}

function endpointsOf(core: ServedCore): Endpoints {
  const { mqtt, control, data } = core.ready;
  const token = fs.readFileSync(path.join(data, 'control-token'), 'utf8').trim();
  return { host: '127.0.0.1', mqttPort: mqtt, control: { port: control ?? 0, token } };
}

/** How many acknowledged packets have no record; a packet acknowledged twice must be there twice. */
function missingFrom(journal: string, acknowledged: readonly string[]): number {
  const kept = new Map<string, number>();
  for (const records of readJournal(journal, 0)) {
    for (const record of records) {
      if (record.kind !== 'packet') continue;
      const digest = digestOf(record.topic, record.payload);
      kept.set(digest, (kept.get(digest) ?? 0) + 1);
    }
  }
  let missing = 0;
  for (const digest of acknowledged) {
    const left = kept.get(digest) ?? 0;
    if (left === 0) missing += 1;
    else kept.set(digest, left - 1);
  }
  return missing;
}

function digestOf(topic: string, payload: string | Uint8Array): string {
  return createHash('sha256').update(topic).update('\0').update(payload).digest('hex');
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
