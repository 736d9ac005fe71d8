import { fail, ok, type Result } from '../../base/result.ts';
import type { DecodedPacket } from '../decoded-packet.ts';
import { isVinInTopic } from '../device-id.ts';
import type { JsonField } from '../json-fields.ts';
import type { ReadingDraft } from '../reading.ts';
import { isBeforeAnyTracker } from '../reading-time.ts';
import type { Refusal } from '../refusal.ts';
import { takeTeslaField } from './tesla-fields.ts';
import { type Findings, shown } from '../vendor-fields.ts';

/** Many fields of one vehicle at one time, whichever form the telemetry server wrote them in. */
interface TeslaRecord {
  readonly vin: unknown;
  /** Null when the record has no time. */
  readonly createdAtMs: number | null;
  readonly isResend: boolean;
  readonly fields: readonly TeslaRecordField[];
}

export interface TeslaRecordField extends JsonField {
  readonly name: string;
}

/** A record as one reading, or none when it has no field we use. `findings` may hold what its form already has wrong. */
export function decodeTeslaRecord(findings: Findings, record: TeslaRecord): Result<DecodedPacket, Refusal> {
  const { vin, createdAtMs, isResend, fields } = record;
  if (typeof vin !== 'string' || !isVinInTopic(vin)) {
    return fail({ reason: 'bad-device-id', detail: `the record's vin ${shown(vin)} is none` });
  }
  const reading: ReadingDraft = { device: vin, vin, observedAtMs: createdAtMs };
  if (createdAtMs !== null && isBeforeAnyTracker(createdAtMs)) reading.isClockSuspect = true;
  if (isResend) reading.isBuffered = true;
  let isTaken = false;
  for (const field of fields) isTaken = takeTeslaField(findings, reading, field.name, field) || isTaken;
  if (findings.refusal !== null) return fail(findings.refusal);
  const readings = isTaken ? [reading] : [];
  return ok({ provider: 'tesla-fleet-telemetry', kind: 'readings', device: vin, readings });
}
