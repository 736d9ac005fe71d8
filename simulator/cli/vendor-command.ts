import { Argument, Command } from 'commander';
import { vinOf } from '../fleet/identities.ts';
import { fitTracker } from '../trackers/fit-tracker.ts';
import { simulatedFeeds, type SimulatedFeed } from '../trackers/simulated-feed.ts';
import { trackerIdentity } from '../trackers/tracker-identity.ts';
import { DEMO_PACE, payloadText, plainView, type TrackerPublish } from '../trackers/tracker.ts';
import type { VehicleState } from '../vehicles/vehicle-state.ts';

const VIN_START = 'LRW3E7EK';

/** A vehicle under way, at a whole second. */
const UNDER_WAY: VehicleState = {
  atMs: Date.parse('2026-03-02T09:00:00Z'),
  latitudeE6: 57_707_232,
  longitudeE6: 11_967_015,
  headingDegrees: 84,
  speedMmPerS: 12_500,
  odometerMm: 21_345_678_901,
  rangeMm: 231_000_000,
  batteryPercent: 61.4,
  isOn: true,
  isCharging: false,
  isDoorOpen: false,
  isLocked: false,
  impactMilliG: 0,
};

/** `fleet-sim vendor`: the dialects the simulator speaks. */
export function vendorCommand(): Command {
  return new Command('vendor')
    .description('list the dialects of trackers, or show one of each message of one')
    .addHelpText(
      'after',
      `
Examples:
  npm run -s fleet-sim -- vendor list
  npm run -s fleet-sim -- vendor sample queclink`,
    )
    .addCommand(
      new Command('list')
        .description('every dialect, with its transport')
        .option('--json', 'as JSON', false)
        .action(({ json }: { json: boolean }) => {
          const rows = simulatedFeeds.map((vendor) => ({
            vendor,
            transport: samplesOf(vendor)[0]?.transport ?? 'mqtt',
          }));
          const lines = rows.map(({ vendor, transport }) => `${vendor.padEnd(24)} ${transport}`);
          process.stdout.write(json ? `${JSON.stringify(rows)}\n` : `${lines.join('\n')}\n`);
        }),
    )
    .addCommand(
      new Command('sample')
        .addArgument(new Argument('<vendor>', 'a dialect').choices([...simulatedFeeds]))
        .description('one of each message, from one vehicle under way')
        .option('--json', 'a line of JSON each', false)
        .action((vendor: SimulatedFeed, { json }: { json: boolean }) => {
          const samples = samplesOf(vendor).map(json ? jsonLine : readable);
          process.stdout.write(`${samples.join('\n')}\n`);
        }),
    );
}

function samplesOf(vendor: SimulatedFeed): readonly TrackerPublish[] {
  const { device } = trackerIdentity(vendor, 0, vinOf(VIN_START, 0));
  return fitTracker({ provider: vendor, device }, DEMO_PACE).report(plainView(UNDER_WAY), 'due');
}

function jsonLine({ transport, client, topic, payload, odometer }: TrackerPublish): string {
  return JSON.stringify({ transport, client, topic, payload: payloadText({ payload }), odometer });
}

function readable({ transport, client, topic, payload, odometer }: TrackerPublish): string {
  const value = odometer === null ? '' : `  (odometer ${odometer.text} ${odometer.unit})`;
  return `${transport} ${topic}  from ${client}${value}\n${indented(payloadText({ payload }))}\n`;
}

function indented(text: string): string {
  let shown = text;
  try {
    shown = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not every dialect is JSON.
  }
  return shown.replace(/^/gm, '  ');
}
