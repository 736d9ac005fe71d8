import type { BoxReason } from './box-tracker.ts';
import type { TrackerSignal, TrackerView } from './tracker.ts';

/** One input of a record: its number, its width in bytes on the binary wire, and its raw value. */
export interface BoxIo {
  readonly id: number;
  readonly bytes: 1 | 2 | 4;
  readonly value: number;
}

const RUNNING_MILLIVOLTS = 14_100;
const STANDING_MILLIVOLTS = 12_650;
const IGNITION = 239;
const MOVEMENT = 240;
const SUPPLY_MILLIVOLTS = 66;
const ODOMETER_METRES = 16;
/** All of them say 1 for "it is so". */
const SIGNAL_IOS: Readonly<Record<TrackerSignal, number>> = {
  crash: 247,
  tow: 246,
  unplugged: 252,
  jamming: 249,
};

/** The input that caused the record; 0 for a periodic one. */
export function eventIo(view: TrackerView, reason: BoxReason): number {
  switch (reason) {
    case 'periodic':
      return 0;
    case 'ignition':
      return IGNITION;
    case 'movement':
      return MOVEMENT;
    case 'signal':
      return view.signal === null ? 0 : SIGNAL_IOS[view.signal];
  }
}

/** What a record carries: ignition, movement, the signal if it is the cause, supply, and the counted odometer. */
export function boxIos(view: TrackerView, event: number): readonly BoxIo[] {
  const isSignal = Object.values(SIGNAL_IOS).includes(event);
  const supply = view.signal === 'unplugged' ? 0 : view.isOn ? RUNNING_MILLIVOLTS : STANDING_MILLIVOLTS;
  return [
    { id: IGNITION, bytes: 1, value: view.isOn ? 1 : 0 },
    { id: MOVEMENT, bytes: 1, value: view.speedMmPerS > 0 ? 1 : 0 },
    ...(isSignal ? [{ id: event, bytes: 1, value: 1 } as const] : []),
    { id: SUPPLY_MILLIVOLTS, bytes: 2, value: supply },
    { id: ODOMETER_METRES, bytes: 4, value: Math.floor(view.odometerMm / 1_000) },
  ];
}
