import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { wholeTenths } from '../../core/base/distance.ts';
import type { RatedPeriod, VehicleUsage } from '../../core/protocol/document.ts';
import { formatTenths } from '../parts/formats.ts';
import { PeriodCharge } from './period-charge.tsx';

/** Where each vehicle's distance comes from; each opens to the readings and packets behind it. */
export function VehicleDistances({ rated, unit, asked }: VehicleDistancesProps) {
  const [explained, setExplained] = useState<VehicleUsage | null>(null);
  const why = (usage: VehicleUsage) => (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`Why this charge? ${usage.registration}`}
      onClick={() => setExplained(usage)}
    >
      Why?
    </Button>
  );
  return (
    <>
      <UsageTable rated={rated} unit={unit} act={why} />
      {asked !== null && <p className="muted small">Odometers {asked}, by accepted readings.</p>}
      {explained !== null && (
        <PeriodCharge usage={explained} rated={rated} onClose={() => setExplained(null)} />
      )}
    </>
  );
}

interface VehicleDistancesProps {
  readonly rated: RatedPeriod;
  readonly unit: 'mi' | 'km';
  /** As of when, in words; null where it stands beside already. */
  readonly asked: string | null;
}

/** The odometers of each vehicle at both ends, and the distance between them. */
export function UsageTable({ rated, unit, act }: UsageTableProps) {
  return (
    <table className="data-table" aria-label="Distance by vehicle">
      <thead>
        <tr>
          <th scope="col">Vehicle</th>
          <th scope="col" className="number">
            Odometer at start
          </th>
          <th scope="col" className="number">
            Odometer at end
          </th>
          <th scope="col" className="number">
            Distance
          </th>
          {act !== undefined && <th scope="col" aria-label="Explain" />}
        </tr>
      </thead>
      <tbody>
        {rated.vehicles.map((usage) => (
          <tr key={usage.vehicle}>
            <td>
              {usage.registration}
              {usageMarks(usage).map((mark) => (
                <span key={mark} className="money-more">
                  {mark}
                </span>
              ))}
            </td>
            <td className="number">{formatTenths(wholeTenths(usage.startMicrometres, unit), unit)}</td>
            <td className="number">{formatTenths(wholeTenths(usage.endMicrometres, unit), unit)}</td>
            <td className="number">{formatTenths(usage.tenths, unit)}</td>
            {act !== undefined && <td className="number">{act(usage)}</td>}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={3}>All vehicles</td>
          <td className="number">{formatTenths(rated.tenths, unit)}</td>
          {act !== undefined && <td aria-label="Nothing to explain" />}
        </tr>
      </tfoot>
    </table>
  );
}

interface UsageTableProps {
  readonly rated: RatedPeriod;
  readonly unit: 'mi' | 'km';
  /** What may be done about a vehicle, at its end. */
  readonly act?: (usage: VehicleUsage) => ReactNode;
}

/** What a reader has to know about a vehicle's distance; empty for most. */
function usageMarks({ isProvisional, isUnauthenticated }: VehicleUsage): readonly string[] {
  return [
    ...(isProvisional ? ['provisional: no reading at the end yet'] : []),
    ...(isUnauthenticated ? ['unauthenticated transport'] : []),
  ];
}
