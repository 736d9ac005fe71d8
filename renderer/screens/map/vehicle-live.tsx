import type { ReactNode } from 'react';
import type { VehicleNow } from '../../../core/protocol/link.ts';
import { useNowMs } from '../../link/core-context.tsx';
import { Age } from '../../parts/age.tsx';
import { formatRaw, formatSpeed, formatTenths } from '../../parts/formats.ts';
import { originWords } from '../../parts/vehicle-words.ts';

/** The live values, each with its unit, when the device says it was, and when it came in. */
export function VehicleLive({
  now,
  staleAfterMs,
}: {
  readonly now: VehicleNow;
  readonly staleAfterMs: number | undefined;
}) {
  const { speedKmh, batteryPercent, position, odometer } = now;
  const row = (label: string, seen: Seen | null, value: ReactNode): ReactNode => (
    <LiveRow label={label} seen={seen} value={value} staleAfterMs={staleAfterMs} />
  );
  return (
    <section className="panel-section" aria-label="Now">
      <table className="live-table">
        <thead>
          <tr>
            <th scope="col">Now</th>
            <th scope="col" className="live-table__value">
              Value
            </th>
            <th scope="col">Device</th>
            <th scope="col">Received</th>
          </tr>
        </thead>
        <tbody>
          {row('Speed', speedKmh, speedKmh === null ? null : formatSpeed(speedKmh.value))}
          {row(
            'Battery',
            batteryPercent,
            batteryPercent === null ? null : `${Math.round(batteryPercent.value)} %`,
          )}
          {row(
            'Odometer',
            odometer,
            odometer === null ? null : formatTenths(odometer.value.tenths, odometer.value.unit),
          )}
          {row('Position', position, position === null ? null : positionWords(position.value))}
        </tbody>
      </table>
      {odometer !== null && (
        <p className="muted small">
          {capital(originWords[odometer.value.origin])}, sent as{' '}
          <b className="live-table__raw">{formatRaw(odometer.value.rawText, odometer.value.rawUnit)}</b>
        </p>
      )}
    </section>
  );
}

interface Seen {
  readonly observedAtMs: number | null;
  readonly receivedAtMs: number;
}

interface LiveRowProps {
  readonly label: string;
  readonly seen: Seen | null;
  readonly value: ReactNode;
  readonly staleAfterMs: number | undefined;
}

function LiveRow({ label, seen, value, staleAfterMs }: LiveRowProps) {
  const nowMs = useNowMs();
  if (seen === null) {
    return (
      <tr>
        <th scope="row">{label}</th>
        <td className="live-table__none muted" colSpan={3}>
          not reported
        </td>
      </tr>
    );
  }
  const isStale = staleAfterMs !== undefined && nowMs - seen.receivedAtMs > staleAfterMs;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className={isStale ? 'live-table__value is-stale' : 'live-table__value live'}>{value}</td>
      <td>
        {seen.observedAtMs === null ? (
          <span className="muted">not given</span>
        ) : (
          <Age atMs={seen.observedAtMs} nowMs={nowMs} />
        )}
      </td>
      <td>
        <Age atMs={seen.receivedAtMs} nowMs={nowMs} staleAfterMs={staleAfterMs} />
      </td>
    </tr>
  );
}

function positionWords({
  latitudeDegrees,
  longitudeDegrees,
}: {
  latitudeDegrees: number;
  longitudeDegrees: number;
}): ReactNode {
  return (
    <>
      {Math.abs(latitudeDegrees).toFixed(5)}° {latitudeDegrees < 0 ? 'S' : 'N'}
      <br />
      {Math.abs(longitudeDegrees).toFixed(5)}° {longitudeDegrees < 0 ? 'W' : 'E'}
    </>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
