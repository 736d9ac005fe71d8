import type { TruthCheck, VehicleApart } from '../../../core/protocol/simulator-panel.ts';
import { formatCounted, formatTenths } from '../../parts/formats.ts';
import { fullDay, zonedTime } from '../../parts/times.ts';

/** What vehicles really drove against what the product would bill for it, asked every few seconds. */
export function TruthPanel({ truth, timeZone }: TruthPanelProps) {
  return (
    <section className="sim-card" aria-label="Truth against product">
      <div className="sim-card__head">
        <h2>Truth against product</h2>
        {truth !== null && (
          <p className="muted small">
            Since {fullDay(truth.fromDay)}, as of {zonedTime(truth.atMs, timeZone)}
          </p>
        )}
      </div>
      {truth === null ? (
        <p className="muted">Compared once the fleet drives live, every five seconds.</p>
      ) : (
        <Compared truth={truth} />
      )}
    </section>
  );
}

interface TruthPanelProps {
  readonly truth: TruthCheck | null;
  readonly timeZone: string;
}

function Compared({ truth }: { readonly truth: TruthCheck }) {
  const { trueTenths, sentTenths, billedTenths, vehiclesApart, worst } = truth;
  const figures: readonly (readonly [string, string])[] = [
    ['By true odometers', formatTenths(trueTenths, 'mi')],
    ['By the last values sent', formatTenths(sentTenths, 'mi')],
    ['Billed by the product', formatTenths(billedTenths, 'mi')],
    ['Product less truth', formatTenths(billedTenths - trueTenths, 'mi')],
  ];
  return (
    <>
      <dl className="sim-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {worst.length === 0 ? (
        <p>Every vehicle is billed to the tenth for what it really drove.</p>
      ) : (
        <>
          <p className="muted small">
            {formatCounted(vehiclesApart, 'vehicle')} apart: by a tenth or so while the next report is due, by
            more under a fault. The largest:
          </p>
          <ApartTable worst={worst} />
        </>
      )}
    </>
  );
}

function ApartTable({ worst }: { readonly worst: readonly VehicleApart[] }) {
  return (
    <table className="data-table" aria-label="Largest differences">
      <thead>
        <tr>
          <th scope="col">Vehicle</th>
          <th scope="col" className="number">
            Truth
          </th>
          <th scope="col" className="number">
            Product
          </th>
          <th scope="col" className="number">
            Difference
          </th>
          <th scope="col">Why it may be</th>
        </tr>
      </thead>
      <tbody>
        {worst.map(({ vehicle, registration, trueTenths, billedTenths, why }) => (
          <tr key={vehicle}>
            <td className="sim-since">{registration}</td>
            <td className="number">{formatTenths(trueTenths, 'mi')}</td>
            <td className="number">{formatTenths(billedTenths, 'mi')}</td>
            <td className="number">{formatTenths(billedTenths - trueTenths, 'mi')}</td>
            <td>{why}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
