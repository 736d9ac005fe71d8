import type { DayDemand, WeekDemand } from './week-demand.ts';

/** A range a value is drawn from, evenly. */
export type Range = readonly [number, number];

/** How a kind of business uses a vehicle. */
export interface WorkPattern {
  readonly demand: WeekDemand;
  readonly tripMetres: Range;
  readonly dwellSeconds: Range;
  /** Kilometres an hour over a whole shift, standing included: what live driving with these trips comes to. */
  readonly shiftKmh: number;
  /** Where a vehicle goes after its shift: its depot, or nowhere (its driver takes it home). */
  readonly afterShift: 'depot' | 'where it is';
  /** Where a trip leads: anywhere, out from the depot and back, or along the vehicle's line. */
  readonly tripsLead: 'anywhere' | 'out and back' | 'along a line';
}

const NEVER: DayDemand = Array.from({ length: 24 }, () => 0);
/** By hours: night (0 to 5), morning (6 to 11), afternoon (12 to 17), evening (18 to 23). */
const day = (...quarters: readonly [DayDemand, DayDemand, DayDemand, DayDemand]): DayDemand =>
  quarters.flat();

const PRIVATE_HIRE_WEEKDAY = day(
  [0.1, 0.08, 0.06, 0.05, 0.05, 0.08],
  [0.25, 0.6, 0.93, 0.95, 0.95, 0.95],
  [0.95, 0.95, 0.95, 0.92, 0.78, 0.5],
  [0.28, 0.18, 0.15, 0.14, 0.13, 0.12],
);
const TAXI_WEEKDAY = day(
  [0.1, 0.07, 0.05, 0.04, 0.04, 0.07],
  [0.22, 0.55, 0.84, 0.88, 0.88, 0.88],
  [0.88, 0.88, 0.88, 0.84, 0.68, 0.44],
  [0.28, 0.2, 0.17, 0.15, 0.14, 0.12],
);
const COURIER_WEEKDAY = day(
  [0, 0, 0, 0, 0, 0.02],
  [0.22, 0.72, 0.95, 0.96, 0.96, 0.96],
  [0.96, 0.96, 0.96, 0.95, 0.9, 0.6],
  [0.2, 0.04, 0, 0, 0, 0],
);
const COURIER_WEEKEND = day(
  [0, 0, 0, 0, 0, 0.02],
  [0.18, 0.6, 0.84, 0.85, 0.85, 0.85],
  [0.85, 0.85, 0.84, 0.7, 0.35, 0.1],
  [0.02, 0, 0, 0, 0, 0],
);
const PARCEL_WEEKDAY = day(
  [0, 0, 0, 0, 0, 0.04],
  [0.3, 0.8, 0.96, 0.97, 0.97, 0.97],
  [0.97, 0.97, 0.95, 0.88, 0.7, 0.4],
  [0.16, 0.05, 0.01, 0, 0, 0],
);
const CAR_CLUB_WEEKDAY = day(
  [0.05, 0.04, 0.03, 0.03, 0.03, 0.05],
  [0.15, 0.5, 0.85, 0.93, 0.93, 0.93],
  [0.93, 0.93, 0.93, 0.92, 0.82, 0.6],
  [0.34, 0.16, 0.08, 0.06, 0.05, 0.05],
);
const CAR_CLUB_WEEKEND = day(
  [0.06, 0.05, 0.04, 0.03, 0.03, 0.04],
  [0.1, 0.4, 0.8, 0.92, 0.94, 0.94],
  [0.94, 0.94, 0.94, 0.9, 0.78, 0.54],
  [0.3, 0.16, 0.1, 0.09, 0.08, 0.07],
);
const FIELD_SERVICE_WEEKDAY = day(
  [0, 0, 0, 0, 0, 0.02],
  [0.12, 0.58, 0.94, 0.95, 0.95, 0.95],
  [0.95, 0.95, 0.95, 0.94, 0.85, 0.5],
  [0.15, 0.03, 0, 0, 0, 0],
);
const FIELD_SERVICE_WEEKEND = day(
  [0, 0, 0, 0, 0, 0.02],
  [0.1, 0.45, 0.8, 0.82, 0.82, 0.82],
  [0.82, 0.82, 0.81, 0.7, 0.4, 0.12],
  [0.03, 0, 0, 0, 0, 0],
);
const POOL_CAR_WEEKDAY = day(
  [0, 0, 0, 0, 0, 0],
  [0.03, 0.15, 0.55, 0.75, 0.8, 0.78],
  [0.7, 0.75, 0.78, 0.72, 0.5, 0.2],
  [0.08, 0.04, 0.02, 0.01, 0, 0],
);
const POOL_CAR_WEEKEND = day(
  [0, 0, 0, 0, 0, 0],
  [0, 0.01, 0.03, 0.05, 0.06, 0.06],
  [0.06, 0.06, 0.06, 0.05, 0.03, 0.02],
  [0.01, 0, 0, 0, 0, 0],
);
const BUS_WEEKDAY = day(
  [0.06, 0, 0, 0, 0.06, 0.5],
  [0.9, 1, 1, 0.88, 0.82, 0.82],
  [0.82, 0.82, 0.85, 0.92, 1, 1],
  [0.92, 0.72, 0.55, 0.48, 0.4, 0.25],
);

/** What people know of a business by another name is in the notes of the scenario; these are the names of the files. */
export const workPatterns = {
  'private-hire': {
    demand: {
      weekday: PRIVATE_HIRE_WEEKDAY,
      friday: PRIVATE_HIRE_WEEKDAY,
      saturday: day(
        [0.14, 0.13, 0.1, 0.07, 0.06, 0.07],
        [0.2, 0.48, 0.82, 0.9, 0.91, 0.91],
        [0.91, 0.91, 0.91, 0.86, 0.7, 0.48],
        [0.32, 0.26, 0.24, 0.24, 0.24, 0.24],
      ),
      sunday: day(
        [0.24, 0.2, 0.15, 0.08, 0.06, 0.06],
        [0.16, 0.42, 0.78, 0.87, 0.88, 0.88],
        [0.88, 0.88, 0.86, 0.76, 0.55, 0.35],
        [0.22, 0.17, 0.14, 0.12, 0.11, 0.1],
      ),
    },
    tripMetres: [2_500, 9_000],
    dwellSeconds: [40, 200],
    shiftKmh: 21.5,
    afterShift: 'where it is',
    tripsLead: 'anywhere',
  },
  taxi: {
    demand: {
      weekday: TAXI_WEEKDAY,
      friday: day(
        [0.12, 0.08, 0.05, 0.04, 0.04, 0.07],
        [0.22, 0.55, 0.84, 0.88, 0.88, 0.88],
        [0.88, 0.88, 0.88, 0.84, 0.7, 0.55],
        [0.48, 0.48, 0.55, 0.64, 0.7, 0.7],
      ),
      // The peak of the week: from Saturday evening into the small hours of Sunday.
      saturday: day(
        [0.66, 0.55, 0.38, 0.2, 0.1, 0.07],
        [0.1, 0.25, 0.5, 0.66, 0.7, 0.7],
        [0.7, 0.7, 0.68, 0.62, 0.58, 0.6],
        [0.66, 0.74, 0.84, 0.94, 1, 1],
      ),
      sunday: day(
        [1, 0.94, 0.78, 0.45, 0.18, 0.08],
        [0.1, 0.28, 0.6, 0.74, 0.76, 0.76],
        [0.76, 0.76, 0.7, 0.6, 0.46, 0.32],
        [0.24, 0.19, 0.16, 0.14, 0.12, 0.11],
      ),
    },
    tripMetres: [1_500, 6_000],
    dwellSeconds: [40, 190],
    shiftKmh: 20,
    afterShift: 'where it is',
    tripsLead: 'anywhere',
  },
  courier: {
    demand: {
      weekday: COURIER_WEEKDAY,
      friday: COURIER_WEEKDAY,
      saturday: COURIER_WEEKEND,
      sunday: COURIER_WEEKEND,
    },
    tripMetres: [900, 4_000],
    dwellSeconds: [30, 110],
    shiftKmh: 19.5,
    afterShift: 'where it is',
    tripsLead: 'anywhere',
  },
  'car-club': {
    demand: {
      weekday: CAR_CLUB_WEEKDAY,
      friday: CAR_CLUB_WEEKDAY,
      saturday: CAR_CLUB_WEEKEND,
      sunday: CAR_CLUB_WEEKEND,
    },
    tripMetres: [3_000, 11_000],
    dwellSeconds: [60, 300],
    shiftKmh: 21,
    afterShift: 'where it is',
    tripsLead: 'anywhere',
  },
  'field-service': {
    demand: {
      weekday: FIELD_SERVICE_WEEKDAY,
      friday: FIELD_SERVICE_WEEKDAY,
      saturday: FIELD_SERVICE_WEEKEND,
      sunday: FIELD_SERVICE_WEEKEND,
    },
    tripMetres: [2_500, 9_000],
    dwellSeconds: [60, 330],
    shiftKmh: 18.5,
    afterShift: 'where it is',
    tripsLead: 'anywhere',
  },
  parcel: {
    demand: {
      weekday: PARCEL_WEEKDAY,
      friday: PARCEL_WEEKDAY,
      saturday: PARCEL_WEEKDAY.map((share) => share * 0.5),
      sunday: PARCEL_WEEKDAY.map((share) => share * 0.08),
    },
    tripMetres: [400, 2_000],
    dwellSeconds: [60, 240],
    shiftKmh: 12,
    afterShift: 'depot',
    tripsLead: 'anywhere',
  },
  bus: {
    demand: {
      weekday: BUS_WEEKDAY,
      friday: BUS_WEEKDAY,
      saturday: BUS_WEEKDAY.map((share) => share * 0.75),
      sunday: BUS_WEEKDAY.map((share) => share * 0.55),
    },
    tripMetres: [7_000, 12_000],
    dwellSeconds: [120, 240],
    shiftKmh: 16,
    afterShift: 'depot',
    tripsLead: 'along a line',
  },
  poolcar: {
    demand: {
      weekday: POOL_CAR_WEEKDAY,
      friday: POOL_CAR_WEEKDAY.map((share) => share * 0.85),
      saturday: POOL_CAR_WEEKEND,
      sunday: POOL_CAR_WEEKEND,
    },
    tripMetres: [3_000, 12_000],
    dwellSeconds: [1_500, 6_000],
    shiftKmh: 6,
    afterShift: 'depot',
    tripsLead: 'out and back',
  },
  parked: {
    demand: { weekday: NEVER, friday: NEVER, saturday: NEVER, sunday: NEVER },
    tripMetres: [1_000, 3_000],
    dwellSeconds: [600, 3_600],
    shiftKmh: 0,
    afterShift: 'where it is',
    tripsLead: 'anywhere',
  },
} as const satisfies Readonly<Record<string, WorkPattern>>;

export type WorkPatternName = keyof typeof workPatterns;

export const workPatternNames = Object.keys(workPatterns) as readonly WorkPatternName[];

export function workPattern(name: WorkPatternName): WorkPattern {
  return workPatterns[name];
}
