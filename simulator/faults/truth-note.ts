import type { FaultType } from './fault.ts';

/** What happened to what a vehicle's tracker says, told to who keeps the truth. */
export interface TruthNote {
  readonly atMs: number;
  /** Index in the fleet. */
  readonly vehicle: number;
  /** The tracker it is about. */
  readonly device: string;
  /** A fault began or ended; a tracker's own error, known from the start; packets that were never sent. */
  readonly what: FaultType | 'gps-accumulated' | 'clock-wrong' | 'unit-changed' | 'never-sent';
  readonly moment: 'begins' | 'ends';
  /** The true odometer then, and what the tracker shows; null when it shows none. */
  readonly trueMm: number;
  readonly shownMm: number | null;
  /** Packets that were kept and never sent; 0 for every other note. */
  readonly packets: number;
}
