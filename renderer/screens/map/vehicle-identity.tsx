import type { VehicleNow } from '../../../core/protocol/link.ts';
import { providerWords } from '../../parts/vehicle-words.ts';

/** Who the vehicle is: what it is called by us, by its maker and by the contract. */
export function VehicleIdentity({ now }: { readonly now: VehicleNow }) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['VIN', now.vin],
    ['Operator', now.operator],
    ['Contract', now.contract],
    ['Tracker', now.provider === null ? null : providerWords(now.provider)],
    ['Device', now.device],
  ];
  return (
    <section className="panel-section" aria-label="Identity">
      <h3 className="section-title">Identity</h3>
      <dl className="identity">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={value === null ? 'muted' : undefined}>{value ?? 'none'}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
