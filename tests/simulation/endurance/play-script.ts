import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unreachable } from '../../../core/base/assert.ts';
import { VEHICLES } from './endurance-fleet.ts';
import { EnduranceRun } from './endurance-run.ts';
import type { Script, Step } from './step.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Time from one look to the next where a step brings its own. */
const MINUTES_BETWEEN = 30;
/** `milepost verify` costs a run as much as all its kills: every other seed ends with it. */
const VERIFIED_EACH = 2;
const LAST_LOOKS = 2;
const LAST_LOOK_MINUTES = 120;

/** What a run came to. Vehicle-days are those of its vehicles' time. */
export interface Played {
  readonly steps: number;
  readonly vehicleDays: number;
  readonly packets: number;
  /** The step after which a promise was broken, from 0, and which, in words; null when all were kept. */
  readonly broken: { readonly step: number; readonly problem: string } | null;
}

/** Plays a script in a folder of its own, checks every promise after every step, and settles everything at the end. */
export async function playScript({ seed, steps }: Script): Promise<Played> {
  const folder = fs.mkdtempSync(path.join(scratchParent(), 'milepost-endurance-'));
  try {
    const run = new EnduranceRun(seed, path.join(folder, 'data'));
    const broken = await playAll(run, steps, seed % VERIFIED_EACH === 0);
    const days = (run.fleet.atMs - run.plan.openingMs) / DAY_MS;
    return {
      steps: steps.length,
      vehicleDays: days * VEHICLES,
      packets: run.packets,
      // A kept failure names no place of one machine.
      broken: broken && { ...broken, problem: broken.problem.replaceAll(folder, '') },
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Memory where the system offers it as a folder: a run syncs a thousand times. */
function scratchParent(): string {
  const memory = '/dev/shm';
  return fs.existsSync(memory) ? memory : os.tmpdir();
}

async function playAll(
  run: EnduranceRun,
  steps: readonly Step[],
  isVerified: boolean,
): Promise<Played['broken']> {
  let at = 0;
  try {
    await run.begin();
    for (; at < steps.length; at += 1) {
      const step = steps[at];
      if (step !== undefined) await playStep(run, step);
      const problem = run.problem();
      if (problem !== null) return { step: at, problem };
    }
    await settle(run);
    if (isVerified) await run.verify();
    await run.end();
    return null;
  } catch (error) {
    return { step: at, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Nothing is held back any more, and everything is decided and issued. */
async function settle(run: EnduranceRun): Promise<void> {
  run.catchClockUp();
  for (const link of run.links) link.release('as sent');
  await drive(run, LAST_LOOKS, LAST_LOOK_MINUTES);
  await run.deliver(run.fleet.sayAll());
  const refused = await run.decideReplacements();
  if (refused !== null) throw new Error(`a replaced odometer cannot be taken down: ${refused}`);
  await run.closePeriods();
  await run.restart('thoroughly');
  const problem = run.problem();
  if (problem !== null) throw new Error(problem);
}

async function playStep(run: EnduranceRun, step: Step): Promise<void> {
  switch (step.do) {
    case 'drive':
      return drive(run, step.looks, step.lookMinutes);
    case 'drive streets':
      return driveStreets(run, step.minutes);
    case 'lose':
      run.link(step.vehicle).isLosing = true;
      return;
    case 'hold':
      run.link(step.vehicle).isHeld = true;
      return;
    case 'release':
      run.link(step.vehicle).release(step.order);
      return run.deliver([]);
    case 'send again':
      return run.send(run.link(step.vehicle).again(step.packets, step.order));
    case 'flood':
      return run.send(run.links.flatMap((link) => link.again(step.packets, step.order)));
    case 'show wrong':
      return run.deliver(run.fleet.showWrong(step.vehicle, step.kilometres, MINUTES_BETWEEN * MINUTE_MS));
    case 'replace odometer':
      return replaceOdometer(run, step.vehicle, step.kilometres);
    case 'decide replacements':
      await run.decideReplacements();
      return;
    case 'step clock':
      run.stepClock(step.minutes);
      return;
    case 'close periods':
      return run.closePeriods();
    case 'snapshot':
      return run.snapshot();
    case 'restart':
      return run.restart('quickly');
    case 'kill':
      return kill(run, step);
    case 'verify':
      return run.verify();
    default:
      return unreachable(step);
  }
}

async function drive(run: EnduranceRun, looks: number, lookMinutes: number): Promise<void> {
  for (let look = 0; look < looks; look += 1) await run.deliver(run.fleet.pass(lookMinutes * MINUTE_MS));
}

async function driveStreets(run: EnduranceRun, minutes: number): Promise<void> {
  run.catchClockUp();
  for (let minute = 0; minute < minutes; minute += 1) await run.deliver(run.fleet.driveStreets(MINUTE_MS));
}

/**
 * It takes the workshop some time. A feed without times cannot say which instrument a late value is of: its workshop
 * leaves the odometer alone while something is on the way.
 */
async function replaceOdometer(run: EnduranceRun, vehicle: number, kilometres: number): Promise<void> {
  await drive(run, 1, MINUTES_BETWEEN);
  const link = run.link(vehicle);
  if (run.isByReceipt(vehicle)) {
    if (!link.isClear) return;
    link.forgetDelivered();
  }
  run.replaceOdometer(vehicle, kilometres);
}

async function kill(run: EnduranceRun, { during, crash }: Step & { readonly do: 'kill' }): Promise<void> {
  if (during !== 'nothing') run.armCrash(crash);
  if (during === 'closing') await run.closePeriods();
  if (during === 'deliveries') await run.deliver(run.fleet.pass(MINUTES_BETWEEN * MINUTE_MS), false);
  await run.killAndStart(crash);
}
