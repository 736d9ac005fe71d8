import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useStatus } from '../../link/core-context.tsx';
import type { ScreenKeys } from '../../parts/keyboard.ts';
import { FirstPacket } from '../map/first-packet.tsx';
import { PacketRegion } from './packet-region.tsx';
import { TailHead } from './tail-head.tsx';
import { TailList } from './tail-list.tsx';
import { TopicTree } from './topic-tree.tsx';
import { useTailMode } from './use-tail-mode.ts';
import { useTail } from './use-tail.ts';
import './raw-tab.css';

/** Every packet as it comes: topics at the left, the newest packets at the right, below them the one that is open. */
export function RawTab({ keys }: { readonly keys: RefObject<ScreenKeys | null> }) {
  const [under, setUnder] = useState('');
  const [position, setPosition] = useState<number | null>(null);
  const mode = useTailMode();
  const shown = useTail(under, mode.mode !== 'running');
  const pauseButton = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setPosition(null);
    // The row that has the focus would leave the screen with the next packets.
    if (mode.mode === 'held') pauseButton.current?.focus();
    mode.letGo();
  };
  useImperativeHandle(keys, () => ({
    act: (action) => {
      if (action === 'pause') mode.toggle();
      else if (action === 'back' && position !== null) close();
      else if (action === 'back') setUnder('');
    },
  }));
  return (
    <div className={position === null ? 'raw-tab' : 'raw-tab raw-tab--open'}>
      <section className="raw-tab__topics">
        <div className="raw-tab__title">
          <h2 className="section-title">Topics</h2>
          <span className="muted small" title="Since the core process started">
            packets since start
          </span>
        </div>
        <TopicTree selected={under} onSelect={setUnder} />
      </section>
      <section className="raw-tab__tail" aria-label="Live tail">
        <TailHead
          shown={shown}
          under={under}
          mode={mode.mode}
          pauseButton={pauseButton}
          onToggle={mode.toggle}
          onClear={() => setUnder('')}
        />
        {shown.tail.rows.length === 0 ? (
          <NoRows under={under} isAsked={!shown.tail.isFilling} onClear={() => setUnder('')} />
        ) : (
          <TailList rows={shown.tail.rows} open={position} mode={mode} onOpen={setPosition} />
        )}
      </section>
      {position !== null && <PacketRegion key={position} position={position} onClose={close} />}
    </div>
  );
}

/** Three kinds of nothing: not asked yet, nothing on this topic, nothing at all. */
function NoRows({ under, isAsked, onClear }: NoRowsProps) {
  const status = useStatus();
  if (!isAsked || status === null) return <p className="raw-tab__nothing muted">Asking…</p>;
  if (under !== '') {
    return (
      <div className="raw-tab__nothing">
        <p className="muted">
          No packet on <span className="mono">{under}</span> is remembered. Other topics are hidden by this
          filter.
        </p>
        <button type="button" className="chip chip--words" onClick={onClear}>
          Show all topics
        </button>
      </div>
    );
  }
  if (status.mqttPort === 0)
    return <p className="raw-tab__nothing muted">The broker listens on no port, so nothing can come in.</p>;
  if (status.counts.packets.received === 0) {
    return (
      <div className="raw-tab__nothing">
        <FirstPacket mqttPort={status.mqttPort} />
      </div>
    );
  }
  return (
    <p className="raw-tab__nothing muted">
      No packet since the core process started. Those from before are in the journal, behind each charge.
    </p>
  );
}

interface NoRowsProps {
  readonly under: string;
  readonly isAsked: boolean;
  readonly onClear: () => void;
}
