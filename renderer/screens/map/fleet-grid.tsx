import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { RosterEntry } from '../../../core/protocol/link.ts';
import { stateWords } from '../../fleet/vehicle-state.ts';
import { useCore } from '../../link/core-context.tsx';
import { ageWords } from '../../parts/times.ts';
import { VehicleSymbol } from '../../parts/vehicle-symbol.tsx';
import { windowOf } from './fleet-rows.ts';

const ROW_PIXELS = 44;

/** The rows on screen and no others, so that thousands cost what a screenful costs. */
export function FleetGrid({ rows, nowMs, onOpen }: FleetGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [{ scrollTop, height }, setScroll] = useState({ scrollTop: 0, height: 800 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const read = (): void => setScroll({ scrollTop: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { first, end } = windowOf(rows.length, ROW_PIXELS, scrollTop, height);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Fleet"
      aria-rowcount={rows.length + 1}
      className="fleet-grid"
      onScroll={({ currentTarget }) =>
        setScroll({ scrollTop: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }
    >
      <div role="row" aria-rowindex={1} className="fleet-grid__row fleet-grid__head">
        <span role="columnheader">Registration</span>
        <span role="columnheader">Vehicle</span>
        <span role="columnheader">State, last heard</span>
      </div>
      <div role="rowgroup" className="fleet-grid__all" style={{ height: rows.length * ROW_PIXELS }}>
        {rows.slice(first, end).map((entry, i) => (
          <FleetRow key={entry.vehicle} entry={entry} index={first + i} nowMs={nowMs} onOpen={onOpen} />
        ))}
      </div>
    </div>
  );
}

interface FleetGridProps {
  readonly rows: readonly RosterEntry[];
  readonly nowMs: number;
  readonly onOpen: (vehicle: string) => void;
}

interface FleetRowProps {
  readonly entry: RosterEntry;
  readonly index: number;
  readonly nowMs: number;
  readonly onOpen: (vehicle: string) => void;
}

function FleetRow({ entry, index, nowMs, onOpen }: FleetRowProps) {
  const { fleet } = useCore();
  const state = fleet.stateAt(entry.slot, nowMs);
  const { receivedAtMs } = fleet.latestAt(entry.slot);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="fleet-grid__row fleet-grid__vehicle"
      style={{ top: index * ROW_PIXELS, height: ROW_PIXELS }}
    >
      <span role="gridcell">
        <button
          type="button"
          className="fleet-grid__open"
          onClick={() => onOpen(entry.vehicle)}
          onKeyDown={moveCursor}
        >
          {entry.registration}
        </button>
      </span>
      <span role="gridcell" className="fleet-grid__model" title={`${entry.make} ${entry.model}`}>
        {entry.isClaimed ? `${entry.make} ${entry.model}` : 'Unclaimed tracker'}
      </span>
      <span
        role="gridcell"
        className={state === 'stale' ? 'fleet-grid__state is-stale' : 'fleet-grid__state'}
      >
        <VehicleSymbol state={state} />
        <span className="live">{stateWords[state]}</span>
        <span className="fleet-grid__age muted">
          {receivedAtMs === null ? '' : ageWords(nowMs - receivedAtMs)}
        </span>
      </span>
    </div>
  );
}

/** Arrow keys and J, K go from row to row; the row that gets the focus scrolls into view by itself. */
function moveCursor(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = stepByKey[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const index = Number(event.currentTarget.closest('[aria-rowindex]')?.getAttribute('aria-rowindex')) + step;
  const rows = event.currentTarget.closest('[role="rowgroup"]');
  rows?.querySelector<HTMLElement>(`[aria-rowindex="${index}"] button`)?.focus();
}

const stepByKey: Readonly<Record<string, number | undefined>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  j: 1,
  k: -1,
  J: 1,
  K: -1,
};
