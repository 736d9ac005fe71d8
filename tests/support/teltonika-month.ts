import mqtt from 'mqtt';
import { addDays, addMonths, type LocalDay, localDayOf, startOfDayMs } from '../../core/base/calendar.ts';
import { teltonika } from './fold-packets.ts';

export const ZONE = 'Europe/London';
export const HOUR_MS = 3_600_000;

/** A calendar month that has been over for a while, so that nothing waits for its late readings. */
export interface PastMonth {
  readonly startDay: LocalDay;
  readonly endDay: LocalDay;
  readonly startMs: number;
  readonly endMs: number;
}

export function pastMonth(nowMs: number): PastMonth {
  const today = localDayOf(nowMs, ZONE);
  const thisMonth = `${today.slice(0, 8)}01`;
  const endDay = today.slice(8) >= '05' ? thisMonth : addMonths(thisMonth, -1);
  const startDay = addMonths(endDay, -1);
  return { startDay, endDay, startMs: startOfDayMs(startDay, ZONE), endMs: startOfDayMs(endDay, ZONE) };
}

/** Noon of the day that is so many days into the month. */
export function noonMs({ startDay }: PastMonth, days: number): number {
  return startOfDayMs(addDays(startDay, days), ZONE) + 12 * HOUR_MS;
}

export interface OdometerReading {
  readonly imei: string;
  readonly atMs: number;
  readonly metres: number;
}

/** Publishes readings as a tracker with a full buffer does; resolves when the last one is acknowledged. */
export async function publishReadings(port: number, readings: readonly OdometerReading[]): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  await Promise.all(
    readings.map(({ imei, atMs, metres }) => {
      const { topic, payload } = teltonika(imei, atMs, metres, { latlng: undefined });
      return client.publishAsync(topic ?? '', JSON.stringify(payload), { qos: 1 });
    }),
  );
  await client.endAsync();
}
