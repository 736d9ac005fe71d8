import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import type { InvestorSeries } from '../../../core/protocol/link.ts';
import { formatCount, formatPence, formatShare, formatTenths } from '../../parts/formats.ts';
import { utcTime } from '../../parts/times.ts';
import { actualShare } from './chart-points.ts';

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly definition: string;
}

/** The figures an investor looks at first, each with its standing and, behind "?", what exactly it is. */
export function HeadFigures({ series }: { readonly series: InvestorSeries }) {
  return (
    <div className="figures">
      {figuresOf(series).map((figure) => (
        <div key={figure.label} className="figure">
          <div className="figure__label">
            {figure.label}
            <Definition figure={figure} asOfMs={series.asOfMs} />
          </div>
          <div className="figure__value live">{figure.value}</div>
          <div className="muted small">{figure.note}</div>
        </div>
      ))}
    </div>
  );
}

function Definition({ figure, asOfMs }: { readonly figure: Figure; readonly asOfMs: number }) {
  return (
    <Popover width={300} position="bottom-start" withinPortal shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={`What is “${figure.label}”?`}>
          <IconHelp size={16} stroke={1.8} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={figure.label}>
        <p className="small">{figure.definition}</p>
        <p className="muted small figure__as-of">As of {utcTime(asOfMs)} UTC.</p>
      </Popover.Dropdown>
    </Popover>
  );
}

function figuresOf(series: InvestorSeries): Figure[] {
  const { days, accruedPence, unpostedPence, todayPence, vehicles, vehiclesReporting } = series;
  const today = days.findLast((day) => day.isOpen);
  const share = actualShare(days);
  return [
    {
      label: 'Accrued so far',
      value: formatPence(accruedPence + unpostedPence),
      note: `${formatPence(unpostedPence)} of it unposted`,
      definition:
        'The price of all miles driven and not yet invoiced: what the ledger holds as accrued income, and the open day priced the same way. Accrued, not invoiced and not collected.',
    },
    {
      label: 'Today so far',
      value: today === undefined ? 'none' : formatPence(todayPence),
      note: lateWords(unpostedPence - todayPence),
      definition:
        'The whole tenths of a mile driven since midnight, in each contract’s time zone, at its rate. Miles of days already closed that were heard of late are booked on the day they become known: the open bar of the chart holds both.',
    },
    {
      label: 'Miles today',
      value: today === undefined ? 'none' : formatTenths(today.milesTenths, 'mi'),
      note:
        today === undefined ? 'no open day' : `of ${formatTenths(today.expectedMilesTenths, 'mi')} expected`,
      definition:
        'Metered miles of the open day, from odometers and never from GPS tracks. A kilometre contract is shown in miles.',
    },
    {
      label: 'Vehicles reporting',
      value: `${formatCount(vehiclesReporting)} of ${formatCount(vehicles)}`,
      note:
        vehicles === 0 ? 'none on contract' : `${formatShare(vehiclesReporting / vehicles)} heard in 24 h`,
      definition:
        'Vehicles on contract, and how many of them were heard from in the last 24 hours. It is the coverage of every figure here.',
    },
    {
      label: 'Against expected',
      value: share === null ? 'n/a' : formatShare(share),
      note: share === null ? 'no closed day yet' : 'revenue, closed days',
      definition:
        'Revenue of the closed days as a share of the underwriting case: each vehicle on contract drives its month’s miles evenly, at the contract’s rate. The open day is left out, because it is not over.',
    },
  ];
}

/** What the open day's posting will hold besides today's miles. */
function lateWords(latePence: number): string {
  return latePence === 0
    ? 'provisional until it closes'
    : `and ${formatPence(latePence)} of earlier days, late`;
}
