import type { BookVehicle } from '../../core/protocol/book.ts';
import type { WorkPatternName } from '../vehicles/work-pattern.ts';

/** The three kinds of tracker the demonstration shows; other fleets name theirs. */
export const demoFeeds = ['tesla-fleet-telemetry', 'teltonika-mqtt-json', 'renault-kamereon'] as const;
export type DemoFeed = (typeof demoFeeds)[number];

/** A model an operator runs. `vinStart` is the maker's part of the VIN, the first eight characters. */
export interface VehicleModel {
  readonly make: string;
  readonly model: string;
  readonly class: BookVehicle['class'];
  readonly powertrain: BookVehicle['powertrain'];
  readonly rangeKm: number;
  readonly vinStart: string;
}

/** A fleet that pays by the mile. Every operator has models for each kind of tracker. */
export interface DemoOperator {
  readonly id: string;
  readonly name: string;
  readonly pattern: WorkPatternName;
  /** Pence a mile, as decimal text. */
  readonly rate: string;
  /** What was assumed at signing, as a share of what the pattern really comes to. */
  readonly underwritingShare: number;
  readonly dailyTrend: number;
  readonly models: Readonly<Record<DemoFeed, readonly VehicleModel[]>>;
}

const car = (make: string, model: string, rangeKm: number, vinStart: string): VehicleModel => ({
  make,
  model,
  class: 'car',
  powertrain: 'BEV',
  rangeKm,
  vinStart,
});
const model3 = car('Tesla', 'Model 3', 430, 'LRW3E7EK');
const modelY = car('Tesla', 'Model Y', 410, 'LRWYGCEK');
const modelYTaxi: VehicleModel = { ...modelY, class: 'taxi', vinStart: '5YJYGDEE' };
const zoe = car('Renault', 'Zoe', 300, 'VF1AG000');
const megane = car('Renault', 'Megane E-Tech', 360, 'VF1RCB00');
const kangoo: VehicleModel = { ...car('Renault', 'Kangoo E-Tech', 240, 'VF1FW1ZA'), class: 'van' };
const mg5 = car('MG', 'MG5', 320, 'LSJE24C6');
const taxiTx: VehicleModel = {
  make: 'LEVC',
  model: 'TX',
  class: 'taxi',
  powertrain: 'PHEV',
  rangeKm: 100,
  vinStart: 'SCRT1A2D',
};
const eNv200: VehicleModel = { ...car('Nissan', 'e-NV200', 190, 'VSKHAAME'), class: 'van' };
const eTransit: VehicleModel = { ...car('Ford', 'E-Transit', 230, 'WF0DXXTT'), class: 'van' };

/** The demonstration's five fleets. All names are made up. */
export const demoOperators: readonly DemoOperator[] = [
  {
    id: 'harbourline',
    name: 'Harbourline Private Hire',
    pattern: 'private-hire',
    rate: '29',
    underwritingShare: 0.96,
    dailyTrend: 0.002,
    models: {
      'tesla-fleet-telemetry': [model3, modelY],
      'teltonika-mqtt-json': [mg5],
      'renault-kamereon': [megane],
    },
  },
  {
    id: 'kestrel',
    name: 'Kestrel Couriers',
    pattern: 'courier',
    rate: '31.5',
    underwritingShare: 1.02,
    dailyTrend: 0,
    models: {
      'tesla-fleet-telemetry': [model3],
      'teltonika-mqtt-json': [eNv200, eTransit],
      'renault-kamereon': [kangoo],
    },
  },
  {
    id: 'willow',
    name: 'Willow Car Club',
    pattern: 'car-club',
    rate: '28',
    underwritingShare: 1,
    dailyTrend: 0.001,
    models: {
      'tesla-fleet-telemetry': [model3, modelY],
      'teltonika-mqtt-json': [mg5],
      'renault-kamereon': [zoe, megane],
    },
  },
  {
    id: 'brightfield',
    name: 'Brightfield Home Services',
    pattern: 'field-service',
    rate: '34',
    underwritingShare: 0.98,
    dailyTrend: 0,
    models: {
      'tesla-fleet-telemetry': [modelY],
      'teltonika-mqtt-json': [eTransit, eNv200],
      'renault-kamereon': [kangoo, zoe],
    },
  },
  {
    // The one an investor should notice: it was underwritten at last year's trade and loses some of it every day.
    id: 'two-rivers',
    name: 'Two Rivers Taxis',
    pattern: 'taxi',
    rate: '32',
    underwritingShare: 1.06,
    dailyTrend: -0.011,
    models: {
      'tesla-fleet-telemetry': [modelYTaxi],
      'teltonika-mqtt-json': [taxiTx],
      'renault-kamereon': [megane],
    },
  },
];
