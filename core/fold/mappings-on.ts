import type { Dialect } from '../tracker/decode-packet.ts';
import type { DoorBook } from './world.ts';

/** The feeds that mapping files describe, of the files that are switched on. */
export function mappingsOn(_door: DoorBook): readonly Dialect[] {
  return NONE;
}

const NONE: readonly Dialect[] = [];
