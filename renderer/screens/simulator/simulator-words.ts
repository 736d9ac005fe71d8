import type { DemoBeat, Happening, VehicleFault } from '../../../core/protocol/simulator-panel.ts';
import { ageWords } from '../../parts/times.ts';

/** A beat's name, and what it does; what the product does not show yet is said plainly. */
export const beatWords: Readonly<Record<DemoBeat, { readonly name: string; readonly hint: string }>> = {
  'normal-day': {
    name: 'Normal day',
    hint: 'Ends everything that was brought about. Vehicles that crashed drive on.',
  },
  crash: {
    name: 'Crash',
    hint: 'One vehicle with a box feels an impact and stands. Its packet is under Ingest, Raw packets.',
  },
  'vendor-outage': {
    name: 'Vendor outage',
    hint: 'The Renault feed is silent for 5 minutes, then sends what it kept. Its vehicles turn stale; miles are not lost.',
  },
  lockdown: {
    name: 'Lockdown',
    hint: 'Demand falls to 30 %. Fewer vehicles move, and today’s miles and pounds grow more slowly.',
  },
  'month-end': {
    name: 'Month end',
    hint: 'The clock passes the end of the billing period. The office closes it; its invoices are under Billing, Documents.',
  },
};

/** Where a beat stays behind what people expect of it. */
export const beatLimits: Readonly<Record<DemoBeat, string | null>> = {
  'normal-day': null,
  crash: 'An alarm for it is not built yet.',
  'vendor-outage': 'One alarm for the whole feed is not built yet.',
  lockdown: 'Projected yield is not built yet.',
  'month-end': null,
};

export const faultWords: Readonly<Record<VehicleFault, { readonly name: string; readonly hint: string }>> = {
  'network-loss': { name: 'Network loss', hint: '5 minutes of silence, then all it kept' },
  'gps-freeze': { name: 'GPS freeze', hint: 'The same place for 10 minutes; the odometer goes on' },
  'odometer-rollback': { name: 'Odometer rollback', hint: '500 km less than it has driven' },
  crash: { name: 'Crash', hint: 'An impact, then it stands' },
  'clock-skew': { name: 'Clock skew', hint: 'Its clock is 10 minutes ahead, for 10 minutes' },
};

/** How long something is on, by the simulator's clock. */
export function happeningState({ fromMs, toMs }: Happening, nowMs: number): string {
  if (toMs === null) return `on for ${ageWords(nowMs - fromMs)}, until the normal day`;
  return toMs > nowMs ? `on, ${ageWords(toMs - nowMs)} left` : 'over';
}
