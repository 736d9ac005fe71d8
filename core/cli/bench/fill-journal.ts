import type { Journal } from '../../process/journal/journal.ts';
import type { JournalEntry } from '../../protocol/journal-record.ts';
import { benchBook, benchFleet, type BenchVehicle, OPENING_METRES } from './bench-fleet.ts';
import { moveOn, MOVING_PAYLOAD } from './moving-packet.ts';

const DAY = '2026-03-02';
const FIRST_MS = Date.parse(`${DAY}T06:00:00Z`);
const STEP_MS = 30_000;
/** 54 km/h, all day. */
const STEP_METRES = 450;
const METRES_A_MILE = 1_609.344;

/**
 * A day of driving: a first book, then a packet a vehicle every half minute, until there are about as many records as
 * asked for. Tells the clock its time before each step. Returns how many records there are.
 */
export async function fillJournal(
  journal: Journal,
  vehicles: number,
  recordsWanted: number,
  setClock: (nowMs: number) => void,
): Promise<number> {
  const fleet = benchFleet(vehicles, (i) => (i % 2 === 0 ? 'teltonika-mqtt-json' : 'tesla-fleet-telemetry'));
  const book = benchBook(fleet, DAY, 'Europe/London');
  const decision = { decision: 'load-book', actor: 'system', reason: 'bench', book } as const;
  setClock(FIRST_MS);
  await durable(journal, { kind: 'decision', decision });
  const payload = Buffer.from(MOVING_PAYLOAD);
  for (let step = 0; journal.nextPosition < recordsWanted; step += 1) {
    const atMs = FIRST_MS + step * STEP_MS;
    setClock(atMs);
    moveOn(payload, 0, atMs, step * STEP_METRES);
    for (const vehicle of fleet) journal.append(packetOf(vehicle, step, payload));
    await durable(journal, { kind: 'tick' });
  }
  return journal.nextPosition;
}

function durable(journal: Journal, entry: JournalEntry): Promise<void> {
  return new Promise((resolve, reject) =>
    journal.append(entry, (failure) => (failure === null ? resolve() : reject(new Error(failure.message)))),
  );
}

function packetOf(vehicle: BenchVehicle, step: number, teltonikaPayload: Buffer): JournalEntry {
  const { device } = vehicle;
  if (vehicle.provider === 'teltonika-mqtt-json') {
    return packet(`fleet/fmc-${device}/teltonika/${device}/data`, `fmc-${device}`, teltonikaPayload);
  }
  const { field, text } = teslaField(step);
  return packet(`telemetry/${device}/v/${field}`, 'tesla-fleet-telemetry', Buffer.from(text, 'latin1'));
}

function packet(topic: string, clientId: string, payload: Buffer): JournalEntry {
  return { kind: 'packet', topic, clientId, payload, omittedBytes: 0 };
}

/** A Tesla sends a field at a time: the place every other time, the odometer every fourth. */
function teslaField(step: number): { readonly field: string; readonly text: string } {
  const metres = OPENING_METRES + step * STEP_METRES;
  if (step % 2 === 0) {
    const latitude = (51 + ((step * STEP_METRES * 9) % 400_000) / 1e6).toFixed(6);
    return { field: 'Location', text: `{"latitude":${latitude},"longitude":-0.127800}` };
  }
  if (step % 4 === 1) return { field: 'Odometer', text: (metres / METRES_A_MILE).toFixed(6) };
  return { field: 'VehicleSpeed', text: '33.55' };
}
