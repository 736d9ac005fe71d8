import { isLoopback, type Place } from '../cli/read-options.ts';
import type { LoadPlan, LoadStage } from './load-plan.ts';
import type { LoadShape } from './load-shape.ts';
import type { ServiceTerm } from './service-level.ts';

/** `fleet-sim load`, as commander reads it. Times in milliseconds, rates a second. */
export interface LoadCommand {
  readonly target: Place;
  readonly allowRemote: boolean;
  readonly rate: number;
  readonly stages?: readonly LoadStage[];
  readonly shape: LoadShape;
  readonly duration?: number;
  readonly arrivals: LoadPlan['arrivals'];
  readonly seed: number;
  readonly clients: number;
  readonly connectRate: number;
  readonly warmup: number;
  readonly drain: number;
  readonly runs: number;
  readonly slo?: readonly ServiceTerm[];
  readonly findMax: boolean;
  readonly trial: number;
  readonly hold: number;
  readonly maxRate: number;
  readonly workers?: number;
  readonly sourceAddresses: number;
  readonly username?: string;
  readonly data?: string;
  readonly pin: boolean;
  readonly json: boolean;
  readonly report?: string;
  readonly html?: string;
  readonly log?: string;
  readonly printBook?: number;
}

/** Never an option: those can be read by everybody on the machine. */
export const PASSWORD_VARIABLE = 'FLEET_SIM_PASSWORD';

/** What cannot be meant, in a sentence; null when nothing speaks against it. */
export function usageProblem(command: LoadCommand): string | null {
  const { host } = command.target;
  if (!isLoopback(host) && !command.allowRemote) {
    return `${host} is not this machine. Say --allow-remote if it is yours to load.`;
  }
  if (command.sourceAddresses > 0 && !host.startsWith('127.')) {
    return '--source-addresses are those of this machine: they need a target such as 127.0.0.1.';
  }
  if (command.stages !== undefined && command.shape !== 'steady') {
    return '--stages and --shape both say what to send: use one of them.';
  }
  if (command.findMax && (command.stages !== undefined || command.shape !== 'steady')) {
    return '--find-max looks for a steady rate: it takes neither --stages nor --shape.';
  }
  if (command.username !== undefined && process.env[PASSWORD_VARIABLE] === undefined) {
    return `--username needs its password in the environment variable ${PASSWORD_VARIABLE}.`;
  }
  return null;
}
