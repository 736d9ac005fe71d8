import type { RosterEntry } from '../../../core/protocol/link.ts';
import { stateWords } from '../../fleet/vehicle-state.ts';
import { useCore } from '../../link/core-context.tsx';
import { moveRowCursor, useRowWindow } from '../../parts/row-window.ts';
import { ageWords } from '../../parts/times.ts';
import { VehicleSymbol } from '../../parts/vehicle-symbol.tsx';

const ROW_PIXELS = 44;

/** The rows on screen and no others, so that thousands cost what a screenful costs. */
export function FleetGrid({ rows, nowMs, onOpen }: FleetGridProps) {
  const { scroller, onScroll, first, end } = useRowWindow(rows.length, ROW_PIXELS);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Fleet"
      aria-rowcount={rows.length + 1}
      className="fleet-grid"
      onScroll={onScroll}
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
          onKeyDown={moveRowCursor}
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
