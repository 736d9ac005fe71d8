import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { PeriodRow } from '../../../core/protocol/money-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { periodLooks } from '../../money/money-words.ts';
import { OperatorSelect } from '../../money/operator-select.tsx';
import { CountFoot, NotYet, RowButton, StateMark } from '../../money/table-parts.tsx';
import { formatCounted, formatPence, formatTenths } from '../../parts/formats.ts';
import { periodDays } from '../../parts/times.ts';
import type { PeriodName } from './billing-place.ts';
import { sureness } from './billing-words.ts';
import { PeriodSide } from './period-side.tsx';
import { type PeriodView, periodsShown, periodViews } from './period-views.ts';

const ASK_EVERY_MS = 3_000;
/** What one list can hold; an operator's are all there when narrowed to it. */
const ROWS_ASKED = 1_000;

/** Every contract's periods, what stands against closing them, and the closing itself. */
export function PeriodsTab({ open, onOpen, onDocument }: PeriodsTabProps) {
  return (
    <div className={open === null ? 'money-split' : 'money-split money-split--open'}>
      <PeriodList open={open} onOpen={onOpen} />
      {open !== null && (
        <PeriodSide
          key={`${open.contract} ${open.period}`}
          name={open}
          onClose={() => onOpen(null)}
          onDocument={onDocument}
        />
      )}
    </div>
  );
}

interface PeriodsTabProps {
  readonly open: PeriodName | null;
  readonly onOpen: (period: PeriodName | null) => void;
  readonly onDocument: (number: string) => void;
}

function PeriodList({ open, onOpen }: Pick<PeriodsTabProps, 'open' | 'onOpen'>) {
  const [operator, setOperator] = useState<string | null>(null);
  const [view, setView] = useState<PeriodView>('all');
  const [search, setSearch] = useState('');
  const { answer, problem } = useAsk('money.periods', { operator, limit: ROWS_ASKED }, ASK_EVERY_MS);
  const list = useLast(answer);
  const shown = list === undefined ? [] : periodsShown(list.periods, view, search);
  return (
    <div className="money-page">
      <section className="money-card" aria-label="Periods">
        <div className="money-bar">
          <h2>Periods</h2>
          <SegmentedControl
            size="xs"
            aria-label="Which periods"
            data={periodViews.map(([value, label]) => ({ value, label }))}
            value={view}
            onChange={setView}
          />
          <div className="money-bar__end">
            <OperatorSelect operator={operator} onOperator={setOperator} />
            <TextInput
              size="xs"
              aria-label="Search periods"
              placeholder="Contract or operator"
              leftSection={<IconSearch size={14} stroke={1.8} />}
              value={search}
              maxLength={64}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          </div>
        </div>
        {list === undefined ? (
          <NotYet problem={problem} />
        ) : shown.length === 0 ? (
          <NoPeriods count={list.matching} />
        ) : (
          <>
            <PeriodTable periods={shown} open={open} onOpen={onOpen} />
            <CountFoot
              shown={shown.length}
              matching={isNarrowed(view, search) ? shown.length : list.matching}
              noun="period"
              problem={problem}
            />
          </>
        )}
      </section>
    </div>
  );
}

function isNarrowed(view: PeriodView, search: string): boolean {
  return view !== 'all' || search.trim() !== '';
}

/** No contract has begun, or the list is narrowed to nothing. */
function NoPeriods({ count }: { readonly count: number }) {
  if (count === 0)
    return (
      <p className="muted">
        No period yet. Contracts come with a book, or by “Import contracts” under Contracts.
      </p>
    );
  return (
    <p className="muted">
      None of {formatCounted(count, 'period')} is like that. Choose “All”, clear the search, or take all
      operators.
    </p>
  );
}

interface PeriodTableProps {
  readonly periods: readonly PeriodRow[];
  readonly open: PeriodName | null;
  readonly onOpen: (period: PeriodName) => void;
}

function PeriodTable({ periods, open, onOpen }: PeriodTableProps) {
  return (
    <table className="data-table" aria-label="Periods by contract">
      <thead>
        <tr>
          <th scope="col">Contract</th>
          <th scope="col">Period</th>
          <th scope="col">State</th>
          <th scope="col" className="number">
            Distance
          </th>
          <th scope="col" className="number">
            Net
          </th>
          {open === null && (
            <th scope="col" className="number">
              Invoiced, net
            </th>
          )}
          <th scope="col" className="number">
            Exceptions
          </th>
        </tr>
      </thead>
      <tbody>
        {periods.map((row) => (
          <PeriodLine key={`${row.contract} ${row.period}`} row={row} open={open} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface PeriodLineProps {
  readonly row: PeriodRow;
  readonly open: PeriodName | null;
  readonly onOpen: (period: PeriodName) => void;
}

function PeriodLine({ row, open, onOpen }: PeriodLineProps) {
  const isOpen = open?.contract === row.contract && open.period === row.period;
  const isInTheWay = row.state === 'draft' && row.exceptions > 0;
  return (
    <tr className={isOpen ? 'is-selected' : undefined}>
      <td>
        <RowButton isOpen={isOpen} onOpen={() => onOpen({ contract: row.contract, period: row.period })}>
          {row.contract}
        </RowButton>
        <span className="money-more">{row.operatorName}</span>
      </td>
      <td>
        {periodDays(row.startDay, row.endDay)}
        <span className="money-more">{formatCounted(row.vehicles, 'vehicle')}</span>
      </td>
      <td>
        <StateMark look={periodLooks[row.state]} />
      </td>
      <td className="number live">{formatTenths(row.tenths, row.unit)}</td>
      <td className="number live">
        {formatPence(row.netPence)}
        <span className="money-more">{sureness(row)}</span>
      </td>
      {open === null && <td className="number">{formatPence(row.issuedNetPence)}</td>}
      <td className={isInTheWay ? 'number is-due' : 'number muted'}>{row.exceptions}</td>
    </tr>
  );
}
