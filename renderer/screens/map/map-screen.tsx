import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useCore, useNowMs } from '../../link/core-context.tsx';
import type { ScreenKeys } from '../../parts/keyboard.ts';
import { FleetMap, type FleetMapHandle } from './fleet-map.tsx';
import { FleetList } from './fleet-list.tsx';
import { VehiclePanel } from './vehicle-panel.tsx';
import './map-screen.css';

/** Map in the middle; at the right the fleet, or the vehicle that is selected. */
export function MapScreen({ keys, isShown }: MapScreenProps) {
  const { fleet } = useCore();
  const [vehicle, setVehicle] = useState<string | null>(null);
  const [isFollowing, setFollowing] = useState(false);
  const map = useRef<FleetMapHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const slot = vehicle === null ? null : (fleet.entryOf(vehicle)?.slot ?? null);
  const select = (next: string | null): void => {
    setVehicle(next);
    if (next === null) setFollowing(false);
  };
  useFollow(map, isFollowing && isShown ? slot : null);
  useImperativeHandle(keys, () => ({
    act: (action) => {
      if (action === 'fit') map.current?.fitFleet();
      else if (action === 'zoom-in') map.current?.zoomBy(1);
      else if (action === 'zoom-out') map.current?.zoomBy(-1);
      else if (action === 'follow') setFollowing((before) => slot !== null && !before);
      else if (action === 'back') select(null);
      else if (action === 'search') showSearch(select, search);
    },
  }));
  return (
    <div className="map-screen">
      <FleetMap
        ref={map}
        slot={slot}
        onPick={(picked) => select(picked === null ? null : (fleet.entryAt(picked)?.vehicle ?? null))}
        onMovedByHand={() => setFollowing(false)}
      />
      <aside className="map-screen__side">
        {vehicle === null ? (
          <FleetList
            search={search}
            onOpen={(opened) => openFromList(opened, select, map, fleet.entryOf(opened)?.slot)}
          />
        ) : (
          <VehiclePanel
            key={vehicle}
            vehicle={vehicle}
            isFollowing={isFollowing}
            onFollow={() => setFollowing((before) => !before)}
            onClose={() => select(null)}
          />
        )}
      </aside>
    </div>
  );
}

interface MapScreenProps {
  readonly keys: RefObject<ScreenKeys | null>;
  readonly isShown: boolean;
}

function openFromList(
  vehicle: string,
  select: (vehicle: string) => void,
  map: RefObject<FleetMapHandle | null>,
  slot: number | undefined,
): void {
  select(vehicle);
  if (slot !== undefined) map.current?.reveal(slot);
}

/** The list is on screen only after the deselection has been drawn. */
function showSearch(select: (vehicle: null) => void, search: RefObject<HTMLInputElement | null>): void {
  select(null);
  setTimeout(() => search.current?.focus());
}

/** Once a second the map goes where the vehicle is. */
function useFollow(map: RefObject<FleetMapHandle | null>, slot: number | null): void {
  const nowMs = useNowMs();
  useEffect(() => {
    if (slot !== null) map.current?.centreOn(slot);
  }, [map, slot, nowMs]);
}
