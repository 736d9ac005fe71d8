import type { DecisionOf } from '../protocol/decision.ts';
import type { Dialect } from '../tracker/decode-packet.ts';
import type { DecisionProblem } from './check-decision.ts';
import type { DoorBook } from './world.ts';

/** The feeds that mapping files describe, of the files that are switched on. */
export function mappingsOn(_door: DoorBook): readonly Dialect[] {
  return NONE;
}

const NONE: readonly Dialect[] = [];

/** Why a mapping file cannot be switched on; null when it can. */
export function mappingProblem(
  _door: DoorBook,
  _decision: DecisionOf<'switch-mapping'>,
): DecisionProblem | null {
  return null;
}
