import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import { must } from '../../core/base/assert.ts';
import type { CoreState } from '../../core/protocol/bridge.ts';
import type { Status } from '../../core/protocol/link.ts';
import type { FleetState } from '../fleet/fleet-state.ts';
import type { VehicleBuffer } from '../map/vehicle-layer/vehicle-buffer.ts';
import type { CoreLink } from './core-link.ts';
import type { Seconds } from './seconds.ts';

/** What every screen draws from: the link, the fleet and symbols the frames wrote, and the beat ages change at. */
export interface Core {
  readonly link: CoreLink;
  readonly fleet: FleetState;
  readonly seconds: Seconds;
  readonly vehicles: VehicleBuffer;
}

const CoreContext = createContext<Core | null>(null);

/** Hands the core to everything below it. */
export function CoreProvider({ core, children }: { readonly core: Core; readonly children: ReactNode }) {
  return <CoreContext value={core}>{children}</CoreContext>;
}

export function useCore(): Core {
  return must(useContext(CoreContext), 'a screen outside CoreProvider');
}

/** The last status, or null before the first. */
export function useStatus(): Status | null {
  const { link } = useCore();
  return useSyncExternalStore(link.subscribe, link.status);
}

export function useCoreState(): CoreState {
  const { link } = useCore();
  return useSyncExternalStore(link.subscribe, link.coreState);
}

export function useNotice(): string | null {
  const { link } = useCore();
  return useSyncExternalStore(link.subscribe, link.notice);
}

/** The core's clock, anew each second: whoever shows an age uses this. */
export function useNowMs(): number {
  const { seconds } = useCore();
  return useSyncExternalStore(seconds.subscribe, seconds.nowMs);
}

/** How long a silent core is still taken for a living one. */
const STATUS_PATIENCE_MS = 5_000;

/** True while the numbers on screen are the last known ones and nobody vouches for them. */
export function useIsCoreAway(): boolean {
  const { link, seconds } = useCore();
  const hasStatus = useStatus() !== null;
  const state = useCoreState();
  const isSilent = useSyncExternalStore(seconds.subscribe, () => link.silentForMs() > STATUS_PATIENCE_MS);
  return hasStatus && (state.state !== 'running' || isSilent);
}
