import { Button } from '@mantine/core';
import type { VehicleNow } from '../../../core/protocol/link.ts';
import { formatCount, formatPence, formatRate, formatTenths } from '../../parts/formats.ts';
import { dayWords, zonedTime } from '../../parts/times.ts';

/** Miles and money of the open day, and the way to what they are made of. */
export function VehicleToday({
  now,
  onExplain,
}: {
  readonly now: VehicleNow;
  readonly onExplain: () => void;
}) {
  const { today, quarantinedReadings } = now;
  return (
    <section className="panel-section" aria-label="Today">
      <h3 className="section-title">Today{today === null ? '' : `, ${dayWords(today.day)}`}</h3>
      {today === null ? (
        <p className="muted">No contract covers this vehicle, so nothing is billed.</p>
      ) : (
        <>
          <div className="today-figures live">
            <span className="today-figures__money">{formatPence(today.pence)}</span>
            <span className="today-figures__miles">{formatTenths(today.tenths, today.unit)}</span>
          </div>
          <div className="muted small">
            {formatRate(today.ratePence, today.unit)}, {today.isProvisional ? 'provisional' : 'accruing'},
            since {zonedTime(today.countedFromMs)}
          </div>
          <Button size="sm" variant="default" onClick={onExplain}>
            Why this charge?
          </Button>
        </>
      )}
      {quarantinedReadings > 0 && (
        <p className="small">
          <b>{formatCount(quarantinedReadings)}</b>{' '}
          {quarantinedReadings === 1 ? 'reading is' : 'readings are'} quarantined: kept as evidence, never
          billed.
        </p>
      )}
    </section>
  );
}
