import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  type Ref,
  type RefObject,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useCore, useNowMs } from '../../link/core-context.tsx';
import { type CityPack, fetchOwnText, findCityPacks } from '../../map/city-packs.ts';
import { labelFonts } from '../../map/label-fonts.ts';
import { createMapView, type MapView } from '../../map/map-view.ts';
import { tokensByTheme } from '../../theme/tokens.ts';
import { MapNothing } from './map-nothing.tsx';
import './fleet-map.css';

/** What the screen asks of the map. */
export type FleetMapHandle = Pick<MapView, 'fitFleet' | 'zoomBy' | 'reveal' | 'centreOn'>;

/** Until this long after the first vehicle was placed the map goes on fitting the fleet as it appears. */
const FIRST_FIT_MS = 12_000;

/** The map with its buttons, its attribution and what it says when there is nothing to show. */
export function FleetMap({ ref, slot, onPick, onMovedByHand }: FleetMapProps) {
  const container = useRef<HTMLDivElement>(null);
  const packs = useCityPacks();
  const [isTouched, setTouched] = useState(false);
  const view = useMapView(container, packs, onPick, () => {
    setTouched(true);
    onMovedByHand();
  });
  const fit = (): void => view.current?.fitFleet();
  const zoom = (steps: number): void => {
    setTouched(true);
    view.current?.zoomBy(steps);
  };
  useImperativeHandle(ref, () => ({
    fitFleet: fit,
    zoomBy: zoom,
    reveal: (one) => view.current?.reveal(one),
    centreOn: (one) => view.current?.centreOn(one),
  }));
  useEffect(() => view.current?.select(slot), [view, slot, packs]);
  useFirstFit(view, isTouched || slot !== null);
  return (
    <div role="application" className="fleet-map" aria-label="Fleet map">
      <div ref={container} className="fleet-map__canvas" />
      <div className="fleet-map__buttons">
        <ActionIcon
          variant="default"
          size={34}
          aria-label="Zoom in"
          title="Zoom in (+)"
          onClick={() => zoom(1)}
        >
          <IconPlus size={18} stroke={1.8} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={34}
          aria-label="Zoom out"
          title="Zoom out (−)"
          onClick={() => zoom(-1)}
        >
          <IconMinus size={18} stroke={1.8} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={34}
          aria-label="Fit the fleet"
          title="Fit the fleet (0)"
          onClick={fit}
        >
          <IconArrowsMaximize size={18} stroke={1.8} />
        </ActionIcon>
      </div>
      <MapNothing hasPacks={packs === null || packs.length > 0} />
      <div className="fleet-map__attribution">© OpenStreetMap contributors</div>
    </div>
  );
}

interface FleetMapProps {
  readonly ref: Ref<FleetMapHandle>;
  readonly slot: number | null;
  readonly onPick: (slot: number | null) => void;
  readonly onMovedByHand: () => void;
}

function useCityPacks(): readonly CityPack[] | null {
  const [packs, setPacks] = useState<readonly CityPack[] | null>(null);
  useEffect(() => {
    void findCityPacks(new URL('city-packs/', document.baseURI), fetchOwnText).then(setPacks);
  }, []);
  return packs;
}

/** The map itself: made once the packs are known, told of frames and themes, gone with the component. */
function useMapView(
  container: RefObject<HTMLDivElement | null>,
  packs: readonly CityPack[] | null,
  onPick: (slot: number | null) => void,
  onMovedByHand: () => void,
): RefObject<MapView | null> {
  const { link, fleet, seconds, vehicles } = useCore();
  const theme = useComputedColorScheme('light');
  const view = useRef<MapView | null>(null);
  const pick = useEffectEvent(onPick);
  const movedByHand = useEffectEvent(onMovedByHand);
  const firstTokens = useEffectEvent(() => tokensByTheme[theme]);
  useEffect(() => {
    if (packs === null || container.current === null) return undefined;
    const made = createMapView({
      container: container.current,
      packs,
      fonts: labelFonts(),
      tokens: firstTokens(),
      buffer: vehicles,
      registrationAt: (slot) => fleet.entryAt(slot)?.registration ?? '',
      onPick: (slot) => pick(slot),
      onMovedByHand: () => movedByHand(),
    });
    view.current = made;
    const stopFrames = link.onFrame(made.vehiclesChanged);
    const stopSeconds = seconds.subscribe(made.vehiclesChanged);
    return () => {
      stopFrames();
      stopSeconds();
      view.current = null;
      made.remove();
    };
  }, [packs, container, link, fleet, seconds, vehicles]);
  useEffect(() => view.current?.recolour(tokensByTheme[theme]), [theme]);
  return view;
}

/** Fits the fleet at first data, and while the rest of it is still coming in, unless a person has taken the map. */
function useFirstFit(view: RefObject<MapView | null>, isTaken: boolean): void {
  const { vehicles } = useCore();
  const nowMs = useNowMs();
  const firstPlacedAtMs = useRef<number | null>(null);
  useEffect(() => {
    if (isTaken || vehicles.placed() === 0 || view.current === null) return;
    const isFirst = firstPlacedAtMs.current === null;
    firstPlacedAtMs.current ??= performance.now();
    const isEarly = performance.now() - firstPlacedAtMs.current < FIRST_FIT_MS;
    if (isFirst || (isEarly && view.current.hidesVehicles())) view.current.fitFleet();
  }, [view, vehicles, isTaken, nowMs]);
}
