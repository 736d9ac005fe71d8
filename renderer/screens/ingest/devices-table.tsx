import { Button } from '@mantine/core';
import { odometerOriginSchema } from '../../../core/protocol/book.ts';
import type { DeviceRow } from '../../../core/protocol/door-asks.ts';
import { Age } from '../../parts/age.tsx';
import { formatCount, formatRaw } from '../../parts/formats.ts';
import { utcInstant } from '../../parts/times.ts';
import { transportWords, trustWords } from '../../parts/trust-words.ts';
import { originWords, providerWords } from '../../parts/vehicle-words.ts';

/** One row a tracker: what it is called, when it spoke, what waits of it, and how it came. */
export function DevicesTable({ devices, isAll, nowMs, onClaim, onRelease }: DevicesTableProps) {
  return (
    <table className="data-table devices" aria-label={isAll ? 'All devices' : 'Unclaimed devices'}>
      <thead>
        <tr>
          <th scope="col">Device</th>
          {isAll && <th scope="col">Carried by</th>}
          {!isAll && <th scope="col">First heard</th>}
          <th scope="col">Last heard</th>
          <th scope="col" className="number">
            Packets
          </th>
          <th scope="col">Odometer</th>
          <th scope="col">Came by</th>
          <th scope="col">
            <span className="screen-reader-only">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={`${device.provider} ${device.name}`}>
            <th scope="row" className="devices__name">
              {device.name}
              <span className="cell__more muted">{providerWords(device.provider)}</span>
            </th>
            {isAll && <CarriedBy device={device} nowMs={nowMs} />}
            {!isAll && <Heard atMs={device.firstHeardAtMs} nowMs={nowMs} />}
            <Heard atMs={device.lastHeardAtMs} nowMs={nowMs} />
            <td className="number">{formatCount(device.packets)}</td>
            <Odometer device={device} />
            <CameBy device={device} />
            <td className="devices__acts">
              <Button
                size="xs"
                variant="default"
                aria-label={`${device.vehicle === null ? 'Claim' : 'Move'} ${device.name}…`}
                onClick={() => onClaim(device)}
              >
                {device.vehicle === null ? 'Claim…' : 'Move…'}
              </Button>
              {device.vehicle !== null && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Release ${device.name}…`}
                  onClick={() => onRelease(device)}
                >
                  Release…
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DevicesTableProps {
  readonly devices: readonly DeviceRow[];
  readonly isAll: boolean;
  readonly nowMs: number;
  readonly onClaim: (device: DeviceRow) => void;
  readonly onRelease: (device: DeviceRow) => void;
}

function CarriedBy({ device, nowMs }: { readonly device: DeviceRow; readonly nowMs: number }) {
  if (device.vehicle === null) return <td className="muted">nobody</td>;
  return (
    <td>
      {device.registration}
      {device.sinceMs !== null && (
        <span className="cell__more muted" title={utcInstant(device.sinceMs)}>
          for <Since atMs={device.sinceMs} nowMs={nowMs} />
        </span>
      )}
    </td>
  );
}

/** The time of a claim may lie ahead. */
function Since({ atMs, nowMs }: { readonly atMs: number; readonly nowMs: number }) {
  const words = Math.max(0, Math.floor((nowMs - atMs) / DAY_MS));
  return <>{words === 0 ? 'less than a day' : `${formatCount(words)} ${words === 1 ? 'day' : 'days'}`}</>;
}

const DAY_MS = 86_400_000;

function Heard({ atMs, nowMs }: { readonly atMs: number | null; readonly nowMs: number }) {
  return (
    <td title={atMs === null ? undefined : utcInstant(atMs)}>
      <Age atMs={atMs} nowMs={nowMs} />
    </td>
  );
}

/** Of a tracker that is carried, which odometer counts: its values are its vehicle's. */
function Odometer({ device }: { readonly device: DeviceRow }) {
  if (device.vehicle !== null) return <td className="muted">{countedWords(device)}</td>;
  const { lastOdometer, readingsWaiting } = device;
  const origin = odometerOriginSchema.safeParse(lastOdometer?.origin);
  return (
    <td>
      {lastOdometer === null ? (
        <span className="muted">none yet</span>
      ) : (
        <>
          {formatRaw(lastOdometer.rawText, lastOdometer.rawUnit)}
          {origin.success && <span className="cell__more muted">{originWords[origin.data]}</span>}
        </>
      )}
      {readingsWaiting > 0 && (
        <span className="cell__more">
          {formatCount(readingsWaiting)} {readingsWaiting === 1 ? 'reading waits' : 'readings wait'}
        </span>
      )}
    </td>
  );
}

function countedWords({ origins }: DeviceRow): string {
  const origin = odometerOriginSchema.safeParse(origins[0]);
  return origin.success ? originWords[origin.data] : 'none';
}

function CameBy({ device }: { readonly device: DeviceRow }) {
  if (device.transport === null) return <td className="muted">–</td>;
  const trust = trustWords(device);
  return (
    <td>
      <span className="devices__way">
        {transportWords[device.transport]}
        {trust !== null && <span className="devices__trust">{trust}</span>}
      </span>
      {device.clientId !== null && <ClientId clientId={device.clientId} />}
    </td>
  );
}

/** The broker names a client that gives no id; such a name says nothing to a person. */
function ClientId({ clientId }: { readonly clientId: string }) {
  if (clientId.startsWith(MADE_UP_PREFIX)) return <span className="cell__more muted">no client id</span>;
  return (
    <span className="cell__more muted devices__client" title={clientId}>
      {clientId}
    </span>
  );
}

const MADE_UP_PREFIX = 'aedes_';
