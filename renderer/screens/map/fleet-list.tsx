import { ActionIcon, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { type VehicleState, stateWords, vehicleStates } from '../../fleet/vehicle-state.ts';
import { useCore, useNowMs } from '../../link/core-context.tsx';
import { formatCount } from '../../parts/formats.ts';
import { VehicleSymbol } from '../../parts/vehicle-symbol.tsx';
import { FleetGrid } from './fleet-grid.tsx';
import { type FleetFilter, matchingRows } from './fleet-rows.ts';
import './fleet-list.css';

/** The fleet as a table beside the map: searched, filtered by state, one row a vehicle. The chips are the legend too. */
export function FleetList({ search, onOpen }: FleetListProps) {
  const { fleet } = useCore();
  const nowMs = useNowMs();
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<FleetFilter>('all');
  const roster = fleet.roster();
  const rows = matchingRows(roster, words, filter, (slot) => fleet.stateAt(slot, nowMs));
  const clear = (): void => {
    setWords('');
    setFilter('all');
  };
  return (
    <section className="fleet-list" aria-label="Vehicles">
      <div className="fleet-list__head">
        <TextInput
          ref={search}
          size="sm"
          aria-label="Search the fleet"
          placeholder="Registration, make or operator  /"
          value={words}
          leftSection={<IconSearch size={16} stroke={1.8} />}
          rightSection={words === '' ? null : <ClearButton onClear={() => setWords('')} />}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => clearOnEscape(event, clear)}
        />
        <FilterChips filter={filter} onFilter={setFilter} nowMs={nowMs} />
      </div>
      {rows.length === 0 ? (
        <NothingListed total={roster.length} onClear={clear} />
      ) : (
        <FleetGrid rows={rows} nowMs={nowMs} onOpen={onOpen} />
      )}
      <div className="fleet-list__foot muted small">
        {rows.length === roster.length
          ? `${formatCount(roster.length)} vehicles`
          : `${formatCount(rows.length)} of ${formatCount(roster.length)} vehicles`}
      </div>
    </section>
  );
}

interface FleetListProps {
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onOpen: (vehicle: string) => void;
}

/** Escape first clears the field, then leaves it. */
function clearOnEscape(event: React.KeyboardEvent<HTMLInputElement>, clear: () => void): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (event.currentTarget.value === '') event.currentTarget.blur();
  clear();
}

function ClearButton({ onClear }: { readonly onClear: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={24} aria-label="Clear the search" onClick={onClear}>
      <IconX size={14} />
    </ActionIcon>
  );
}

interface FilterChipsProps {
  readonly filter: FleetFilter;
  readonly onFilter: (filter: FleetFilter) => void;
  readonly nowMs: number;
}

function FilterChips({ filter, onFilter, nowMs }: FilterChipsProps) {
  const { fleet } = useCore();
  const counts = fleet.countByState(nowMs);
  const unclaimed = fleet.roster().filter((entry) => !entry.isClaimed).length;
  const always: readonly VehicleState[] = ['moving', 'stopped', 'charging', 'stale'];
  const shown = vehicleStates.filter(
    (state) => always.includes(state) || counts[state] > 0 || filter === state,
  );
  const toggle = (one: FleetFilter): void => onFilter(filter === one ? 'all' : one);
  return (
    <div className="fleet-list__chips" role="group" aria-label="Show only">
      {shown.map((state) => (
        <button
          key={state}
          type="button"
          className="chip"
          aria-pressed={filter === state}
          onClick={() => toggle(state)}
        >
          <VehicleSymbol state={state} />
          {stateWords[state]} <b>{formatCount(counts[state])}</b>
        </button>
      ))}
      {(unclaimed > 0 || filter === 'unclaimed') && (
        <button
          type="button"
          className="chip"
          aria-pressed={filter === 'unclaimed'}
          onClick={() => toggle('unclaimed')}
        >
          Unclaimed <b>{formatCount(unclaimed)}</b>
        </button>
      )}
    </div>
  );
}

function NothingListed({ total, onClear }: { readonly total: number; readonly onClear: () => void }) {
  if (total === 0)
    return (
      <p className="fleet-list__nothing muted">
        No vehicle yet. A book names them, or the first packet of a tracker does.
      </p>
    );
  return (
    <div className="fleet-list__nothing">
      <p className="muted">
        No vehicle matches. {formatCount(total)} are hidden by the search or the filter.
      </p>
      <button type="button" className="chip" onClick={onClear}>
        Show all
      </button>
    </div>
  );
}
