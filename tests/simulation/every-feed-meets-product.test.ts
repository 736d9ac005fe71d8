import { expect, test } from 'vitest';
import { serveProduct } from '../../simulator/cli/served-product.ts';
import { plainTraits, type TrackerTraits } from '../../simulator/effects/tracker-traits.ts';
import type { ActiveFault } from '../../simulator/faults/fault.ts';
import { demoBook } from '../../simulator/fleet/demo-book.ts';
import { fleetPlan, type FleetPlan } from '../../simulator/fleet/fleet-plan.ts';
import type { FleetVehicle } from '../../simulator/fleet/fleet-vehicle.ts';
import type { RunOutcome } from '../../simulator/run/drive-fleet.ts';
import { runFleet } from '../../simulator/run/run-fleet.ts';
import type { ProductFigures } from '../../simulator/scenarios/scenario-product.ts';
import { aFault } from '../../simulator/stand-in/a-fault.ts';
import { gridCity } from '../../simulator/stand-in/grid-city.ts';
import { simulatedFeeds } from '../../simulator/trackers/simulated-feed.ts';
import { trackerIdentity } from '../../simulator/trackers/tracker-identity.ts';
import { DEMO_PACE } from '../../simulator/trackers/tracker.ts';
import { emptyFolder } from '../support/journal-folder.ts';

/** Two vehicles of every feed meet `milepost serve`: over MQTT, and binary boxes over TCP and over UDP. */
const startMs = Date.parse('2026-03-03T09:00:00Z');
const VEHICLES = 2 * simulatedFeeds.length;
const all = Array.from({ length: VEHICLES }, (_, index) => index);

function mixedPlan(): FleetPlan {
  const plan = fleetPlan({
    seed: 11,
    vehicles: VEHICLES,
    timeZone: 'Europe/Stockholm',
    startMs,
    historyDays: 1,
    isAlwaysBusy: false,
  });
  const fleet = plan.fleet.map((vehicle, index) => {
    const provider = simulatedFeeds[index % simulatedFeeds.length] ?? 'teltonika';
    return { ...vehicle, provider, ...trackerIdentity(provider, index, vehicle.vin) };
  });
  return { ...plan, fleet };
}

/** The first binary box speaks codec 16 over TCP, the second 8 Extended over UDP. */
function traitsOf(vehicle: FleetVehicle): TrackerTraits {
  const isFirst = vehicle.id <= 'v-0012';
  return {
    ...plainTraits(vehicle),
    teltonika: isFirst ? { codec: '16', transport: 'tcp' } : { codec: '8E', transport: 'udp' },
  };
}

async function lived(
  faults: readonly ActiveFault[],
): Promise<RunOutcome & { readonly figures: ProductFigures }> {
  const plan = mixedPlan();
  const product = await serveProduct(emptyFolder(), demoBook(plan));
  const outcome = await runFleet({
    plan,
    network: gridCity(12),
    speed: 'max',
    durationMs: 180_000,
    historyStepMs: 4 * 3_600_000,
    signal: new AbortController().signal,
    endpoints: product.endpoints,
    pace: { ...DEMO_PACE, teslaSeconds: 6, teltonikaSeconds: 6 },
    traitsOf,
    faults,
  });
  const figures = await product.finish();
  if (!outcome.ok) throw new Error(outcome.error.detail);
  return { ...outcome.value, figures };
}

/** Tenths the product meters of each vehicle. */
function metered({ figures }: { readonly figures: ProductFigures }): Record<string, number> {
  const tenths: Record<string, number> = {};
  for (const day of figures.tenths) tenths[day.vehicle] = (tenths[day.vehicle] ?? 0) + day.tenths;
  return tenths;
}

const sentTenths = ({ truth }: RunOutcome): Record<string, number> =>
  Object.fromEntries(truth.vehicles.map(({ vehicle, tenths }) => [vehicle, tenths]));

/** From and until so many seconds after the start. */
const during = (from: number, until: number): Pick<ActiveFault, 'fromMs' | 'toMs' | 'vehicles'> => ({
  fromMs: startMs + from * 1_000,
  toMs: startMs + until * 1_000,
  vehicles: all,
});

test('two vehicles of every feed are metered to the tenth, and every packet is acknowledged', async () => {
  const run = await lived([]);
  expect(run.report.packets.acknowledged).toBe(run.report.packets.sent);
  expect(metered(run)).toEqual(sentTenths(run));
  expect(run.figures.counts?.packets.refused).toEqual({});
}, 120_000);

test('lost networks, a restart, storms, disorder and damage on the way change no tenth', async () => {
  const run = await lived([
    aFault('network-loss', during(20, 40)),
    aFault('flap', { ...during(50, 70), params: { periodSeconds: 8 } }),
    aFault('broker-restart', during(80, 85)),
    aFault('duplicate-storm', during(110, 120)),
    aFault('reorder', during(120, 130)),
    aFault('payload-corrupt', { ...during(140, 150), params: { percent: 30 } }),
  ]);
  expect(run.report.packets.acknowledged).toBe(run.report.packets.sent);
  expect(run.report.reconnects).toBeGreaterThan(0);
  expect(metered(run)).toEqual(sentTenths(run));
  expect(run.figures.counts?.packets.duplicate).toBeGreaterThan(0);
}, 120_000);
