import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconCurrentLocation } from '@tabler/icons-react';
import { useState } from 'react';
import type { VehicleNow } from '../../../core/protocol/link.ts';
import { stateWords } from '../../fleet/vehicle-state.ts';
import { useCore, useNowMs } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { Age } from '../../parts/age.tsx';
import { VehicleSymbol } from '../../parts/vehicle-symbol.tsx';
import { ChargeDialog } from '../charge/charge-dialog.tsx';
import { VehicleIdentity } from './vehicle-identity.tsx';
import { VehicleLive } from './vehicle-live.tsx';
import { VehicleToday } from './vehicle-today.tsx';
import './vehicle-panel.css';

const ASK_EVERY_MS = 1_000;

/** Everything about the vehicle that is selected, asked anew each second. */
export function VehiclePanel({ vehicle, isFollowing, onFollow, onClose }: VehiclePanelProps) {
  const { fleet } = useCore();
  const { answer, problem } = useAsk('vehicle.now', { vehicle }, ASK_EVERY_MS);
  const [isExplaining, setExplaining] = useState(false);
  const registration = answer?.registration ?? fleet.entryOf(vehicle)?.registration ?? vehicle;
  return (
    <div role="complementary" aria-label="Vehicle" className="vehicle-panel">
      <div className="vehicle-panel__bar">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} />}
          title="Back to the fleet (Esc)"
          onClick={onClose}
        >
          Fleet
        </Button>
        <ActionIcon
          variant={isFollowing ? 'filled' : 'default'}
          size={32}
          aria-label="Follow"
          aria-pressed={isFollowing}
          title="Follow on the map (F)"
          onClick={onFollow}
        >
          <IconCurrentLocation size={18} stroke={1.8} />
        </ActionIcon>
      </div>
      <div className="vehicle-panel__scroller">
        <PanelHead vehicle={vehicle} registration={registration} now={answer ?? null} />
        {problem !== null && <p className="vehicle-panel__problem">Last known values: {problem}.</p>}
        {answer === null && <p className="vehicle-panel__problem">The core knows no vehicle “{vehicle}”.</p>}
        {answer !== undefined && answer !== null && (
          <>
            <VehicleToday now={answer} onExplain={() => setExplaining(true)} />
            <VehicleLive now={answer} staleAfterMs={fleet.entryOf(vehicle)?.staleAfterMs} />
            <VehicleIdentity now={answer} />
          </>
        )}
      </div>
      {isExplaining && (
        <ChargeDialog vehicle={vehicle} registration={registration} onClose={() => setExplaining(false)} />
      )}
    </div>
  );
}

interface VehiclePanelProps {
  readonly vehicle: string;
  readonly isFollowing: boolean;
  readonly onFollow: () => void;
  readonly onClose: () => void;
}

interface PanelHeadProps {
  readonly vehicle: string;
  readonly registration: string;
  readonly now: VehicleNow | null;
}

function PanelHead({ vehicle, registration, now }: PanelHeadProps) {
  const { fleet } = useCore();
  const nowMs = useNowMs();
  const entry = fleet.entryOf(vehicle);
  const state = entry === undefined ? 'silent' : fleet.stateAt(entry.slot, nowMs);
  return (
    <div className="vehicle-panel__head">
      <h2>{registration}</h2>
      {now !== null && entry?.isClaimed !== false && (
        <div className="muted">
          {now.make} {now.model}
        </div>
      )}
      <div className="vehicle-panel__state">
        <VehicleSymbol state={state} />
        <b className="live">{stateWords[state]}</b>
        {now !== null && (
          <span className="small">
            <span className="muted">heard </span>
            <Age atMs={now.lastHeardAtMs} nowMs={nowMs} staleAfterMs={entry?.staleAfterMs} />
          </span>
        )}
      </div>
      {entry?.isClaimed === false && (
        <p className="unclaimed-mark hatched">Unclaimed tracker — drawn and kept, not billed</p>
      )}
    </div>
  );
}
