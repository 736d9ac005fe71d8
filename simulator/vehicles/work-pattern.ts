/** A range a value is drawn from, evenly. */
export type Range = readonly [number, number];

/** How a kind of business uses a vehicle. */
export interface WorkPattern {
  /** Share of its vehicles at work on a weekday, and on a Saturday or Sunday. */
  readonly weekdayShare: number;
  readonly weekendShare: number;
  /** Local hour a shift begins, and how many hours it lasts. Weekend shifts are shorter. */
  readonly startHour: Range;
  readonly shiftHours: Range;
  readonly weekendShiftHours: Range;
  /** Share of its vehicles that work the night instead (the evening and the small hours of each day). */
  readonly nightShare: number;
  readonly tripMetres: Range;
  readonly dwellSeconds: Range;
  /** Kilometres an hour over a whole shift, standing included: what live driving with these trips comes to. */
  readonly shiftKmh: number;
}

export type WorkPatternName = 'private-hire' | 'taxi' | 'courier' | 'car-club' | 'field-service';

export const workPatterns: Readonly<Record<WorkPatternName, WorkPattern>> = {
  'private-hire': {
    weekdayShare: 0.94,
    weekendShare: 0.9,
    startHour: [5.5, 8],
    shiftHours: [9.5, 11.5],
    weekendShiftHours: [9, 10.5],
    nightShare: 0.15,
    tripMetres: [2_500, 9_000],
    dwellSeconds: [40, 200],
    shiftKmh: 21.5,
  },
  taxi: {
    weekdayShare: 0.93,
    weekendShare: 0.92,
    startHour: [6, 8],
    shiftHours: [9.5, 11.5],
    weekendShiftHours: [9, 10.5],
    nightShare: 0.2,
    tripMetres: [1_500, 6_000],
    dwellSeconds: [40, 190],
    shiftKmh: 20,
  },
  courier: {
    weekdayShare: 0.95,
    weekendShare: 0.82,
    startHour: [6, 7.5],
    shiftHours: [10, 11],
    weekendShiftHours: [8.5, 9.5],
    nightShare: 0,
    tripMetres: [900, 4_000],
    dwellSeconds: [30, 110],
    shiftKmh: 19.5,
  },
  'car-club': {
    weekdayShare: 0.92,
    weekendShare: 0.94,
    startHour: [6.5, 8.5],
    shiftHours: [9.5, 12],
    weekendShiftHours: [9, 11],
    nightShare: 0.05,
    tripMetres: [3_000, 11_000],
    dwellSeconds: [60, 300],
    shiftKmh: 21,
  },
  'field-service': {
    weekdayShare: 0.95,
    weekendShare: 0.8,
    startHour: [6.5, 8],
    shiftHours: [9.5, 10.5],
    weekendShiftHours: [8.5, 9.5],
    nightShare: 0,
    tripMetres: [2_500, 9_000],
    dwellSeconds: [60, 330],
    shiftKmh: 18.5,
  },
};
