import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { must } from '../../core/base/assert.ts';
import { gridFile } from '../stand-in/grid-city.ts';
import { openGround, prepareScenario } from './prepare-scenario.ts';
import { readScenario } from './read-scenario.ts';
import type { Scenario } from './scenario-schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'town.json'), JSON.stringify(gridFile(4)));

function scenario(): Scenario {
  const read = readScenario(`version: 1
name: recorded
seed: 1
clock: { start: 2026-03-02T08:00:00Z, durationHours: 1, speed: max }
area: { name: town, graph: town.json, timeZone: Europe/London }
fleets:
  - id: drives
    operator: Drives
    contract: { currency: GBP, ratePencePerMile: 30 }
    vehicles: 3
    vendors: { teltonika-mqtt-json: 100% }
    pattern: csv:drives.csv
    reporting: { movingSeconds: 10, stoppedSeconds: 300, heartbeatSeconds: 3600, jitterPercent: 0 }
`);
  return must(read.ok ? read.value : null, () => JSON.stringify(read));
}

test('a fleet follows the recordings of a file beside the scenario, one after the other', () => {
  writeFileSync(join(folder, 'drives.csv'), 'vehicle,time,distance_m\na,0,0\na,60,900\nb,0,0\nb,60,500\n');
  const ground = openGround(scenario(), 'none', join(folder, 'recorded.yaml'));
  const { plan } = prepareScenario(
    scenario(),
    must(ground.ok ? ground.value : null, () => JSON.stringify(ground)),
  );
  expect(plan.fleet.map(({ track }) => track?.name)).toEqual(['a', 'b', 'a']);
});

test('what is wrong with the recording says its file and line', () => {
  writeFileSync(join(folder, 'drives.csv'), 'time,distance_m\n0,0\n60,far\n');
  expect(openGround(scenario(), 'none', join(folder, 'recorded.yaml'))).toEqual({
    ok: false,
    error: `${join(folder, 'drives.csv')}:3: "far" is not a number`,
  });
});
