import type { FocusEvent, KeyboardEvent } from 'react';
import type { RawRow } from '../../../core/protocol/ingest-asks.ts';
import { useNowMs } from '../../link/core-context.tsx';
import { formatCount } from '../../parts/formats.ts';
import { moveRowCursor, useRowWindow } from '../../parts/row-window.ts';
import { ageWords, utcTime } from '../../parts/times.ts';
import type { TailModeControl } from './use-tail-mode.ts';

const ROW_PIXELS = 30;

/** The newest packets, newest first. It is held while the pointer or the focus is in it; Space pauses it. */
export function TailList({ rows, open, mode, onOpen }: TailListProps) {
  const nowMs = useNowMs();
  const { scroller, onScroll, first, end } = useRowWindow(rows.length, ROW_PIXELS);
  const pauseOnSpace = (event: KeyboardEvent): void => {
    if (event.key !== ' ') return;
    event.preventDefault();
    mode.toggle();
  };
  const letGo = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void => {
    const isStillIn = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!isStillIn && !currentTarget.matches(':hover')) mode.letGo();
  };
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={-1}
      aria-label="Packets"
      aria-rowcount={rows.length + 1}
      className="tail-list"
      onScroll={onScroll}
      onKeyDown={pauseOnSpace}
      onPointerEnter={mode.hold}
      onPointerLeave={({ currentTarget }) => {
        if (!currentTarget.contains(document.activeElement)) mode.letGo();
      }}
      onFocus={mode.hold}
      onBlur={letGo}
    >
      <div role="row" aria-rowindex={1} className="tail-list__row tail-list__head">
        <span role="columnheader">Received, UTC</span>
        <span role="columnheader">Age</span>
        <span role="columnheader">Topic</span>
        <span role="columnheader" className="tail-list__bytes">
          Bytes
        </span>
        <span role="columnheader">Payload</span>
      </div>
      <div role="rowgroup" className="tail-list__all" style={{ height: rows.length * ROW_PIXELS }}>
        {rows.slice(first, end).map((row, i) => (
          <TailRow
            key={row.position}
            row={row}
            index={first + i}
            nowMs={nowMs}
            isOpen={row.position === open}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

interface TailListProps {
  readonly rows: readonly RawRow[];
  /** The journal position of the packet that is open. */
  readonly open: number | null;
  readonly mode: TailModeControl;
  readonly onOpen: (position: number) => void;
}

interface TailRowProps {
  readonly row: RawRow;
  readonly index: number;
  readonly nowMs: number;
  readonly isOpen: boolean;
  readonly onOpen: (position: number) => void;
}

function TailRow({ row, index, nowMs, isOpen, onOpen }: TailRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      className="tail-list__row tail-list__packet"
      style={{ top: index * ROW_PIXELS, height: ROW_PIXELS }}
    >
      <span role="gridcell">
        <button
          type="button"
          className="tail-list__open"
          title={row.topic}
          onClick={() => onOpen(row.position)}
          onKeyDown={moveRowCursor}
        >
          {utcTime(row.receivedAtMs)}
          <span className="muted">.{String(row.receivedAtMs % 1_000).padStart(3, '0')}</span>
        </button>
      </span>
      <span role="gridcell" className="muted">
        {ageWords(nowMs - row.receivedAtMs)}
      </span>
      <span role="gridcell" className="tail-list__topic">
        {row.topic}
      </span>
      <span role="gridcell" className="tail-list__bytes">
        {formatCount(row.bytes)}
      </span>
      <span role="gridcell" className="tail-list__payload">
        <span className="mono tail-list__preview">{row.preview}</span>
        {row.isTruncated && <span className="muted-mark">truncated</span>}
      </span>
    </div>
  );
}
