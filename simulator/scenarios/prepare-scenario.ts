import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { localDayOf, addDays, startOfDayMs } from '../../core/base/calendar.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { Book } from '../../core/protocol/book.ts';
import type { ActiveFault } from '../faults/fault.ts';
import type { FleetPlan } from '../fleet/fleet-plan.ts';
import { openCityPack } from '../roads/city-pack.ts';
import type { NetworkFile } from '../roads/network-file.ts';
import { type RoadNetwork, roadNetwork } from '../roads/road-network.ts';
import type { ReportingPace } from '../trackers/tracker.ts';
import { isTrackPattern, openTracks } from '../vehicles/tracks/open-tracks.ts';
import type { Track } from '../vehicles/tracks/track.ts';
import { scenarioBook } from './scenario-book.ts';
import { scheduledFaults } from './scenario-faults.ts';
import { scenarioFleet, type TracksByPattern } from './scenario-fleet.ts';
import type { Scenario } from './scenario-schema.ts';

/** A scenario worked out: who drives where, under which contracts, and what goes wrong when. */
export interface PreparedScenario {
  readonly scenario: Scenario;
  readonly plan: FleetPlan;
  readonly network: RoadNetwork;
  readonly book: Book;
  readonly faults: readonly ActiveFault[];
  /** Of the run as a whole; each vehicle has its own. */
  readonly pace: ReportingPace;
  readonly durationMs: number;
  readonly historyStepMs: number;
}

export interface Ground {
  readonly network: RoadNetwork;
  readonly timeZone: string;
  /** What fleets follow whose pattern is a file. */
  readonly tracks?: TracksByPattern;
}

/** `scale` multiplies the size of every fleet, to at least one vehicle. */
export function prepareScenario(scenario: Scenario, ground: Ground, scale = 1): PreparedScenario {
  const fleets = scenario.fleets.map((fleet) => ({
    ...fleet,
    vehicles: Math.max(smallestFleet(fleet), Math.round(fleet.vehicles * scale)),
  }));
  const scaled = { ...scenario, fleets };
  const plan = planOf(scaled, ground);
  const paces = plan.fleet.flatMap(({ pace }) => pace ?? []);
  const quickest = (of: (pace: ReportingPace) => number): number => Math.min(...paces.map(of));
  return {
    scenario: scaled,
    plan,
    network: ground.network,
    book: scenarioBook(scaled, plan),
    faults: scheduledFaults(scaled, plan),
    pace: {
      teslaSeconds: quickest((pace) => pace.teslaSeconds),
      teltonikaSeconds: quickest((pace) => pace.teltonikaSeconds),
      renaultSeconds: quickest((pace) => pace.renaultSeconds),
      odometerSeconds: quickest((pace) => pace.odometerSeconds),
      batterySeconds: quickest((pace) => pace.batterySeconds),
      parkedSeconds: quickest((pace) => pace.parkedSeconds),
    },
    durationMs: Math.round(scenario.clock.durationHours * 3_600) * 1_000,
    historyStepMs: scenario.clock.historyStepMinutes * 60_000,
  };
}

/**
 * Streets and time zone of a scenario: a city pack's, or a network file beside the scenario file; and the recordings its
 * fleets follow, from files beside it too.
 */
export function openGround(
  scenario: Scenario,
  packsFolder: string,
  scenarioFile: string | null,
): Result<Ground, string> {
  const streets = openStreets(scenario, packsFolder, scenarioFile);
  if (!streets.ok) return streets;
  const tracks = new Map<string, readonly Track[]>();
  for (const pattern of scenario.fleets.map((fleet) => fleet.pattern).filter(isTrackPattern)) {
    const opened = openTracks(pattern, scenarioFile === null ? '.' : dirname(scenarioFile));
    if (!opened.ok) return opened;
    tracks.set(pattern, opened.value);
  }
  return ok({ ...streets.value, tracks });
}

function openStreets(
  { area }: Scenario,
  packsFolder: string,
  scenarioFile: string | null,
): Result<Ground, string> {
  if (area.graph === undefined) {
    const city = openCityPack(packsFolder, area.name);
    return city.ok
      ? ok({ network: city.value.network, timeZone: area.timeZone ?? city.value.timeZone })
      : city;
  }
  const file = resolve(scenarioFile === null ? '.' : dirname(scenarioFile), area.graph);
  try {
    const network = JSON.parse(readFileSync(file, 'utf8')) as NetworkFile;
    if (network.version !== 1) return fail(`${file} is no network file of version 1`);
    return ok({ network: roadNetwork(network), timeZone: area.timeZone ?? 'Europe/London' });
  } catch (error) {
    return fail(`cannot read the network ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function planOf(scenario: Scenario, { timeZone, tracks }: Ground): FleetPlan {
  const { clock, seed } = scenario;
  const liveMs = Math.floor(Date.parse(clock.start) / 1_000) * 1_000;
  const firstDay = addDays(localDayOf(liveMs, timeZone), -clock.historyDays);
  return {
    seed,
    timeZone,
    openingMs: clock.historyDays > 0 ? startOfDayMs(firstDay, timeZone) : liveMs,
    liveMs,
    workShiftMs: 0,
    fleet: scenarioFleet(scenario, tracks),
  };
}

/** A fleet is never made smaller than the vehicles its contract names. */
function smallestFleet({ contract }: Scenario['fleets'][number]): number {
  return Math.max(1, ...(contract.assignments ?? []).map(({ vehicle }) => vehicle));
}
