import { useRef, useState } from 'react';
import { useIsCoreAway } from './link/core-context.tsx';
import { AlarmStrip } from './parts/alarm-strip.tsx';
import { CoreBanner } from './parts/core-banner.tsx';
import type { KeyAction } from './parts/keyboard.ts';
import { NavigationRail, type ScreenName } from './parts/navigation-rail.tsx';
import { ShortcutSheet } from './parts/shortcut-sheet.tsx';
import { StatusBar } from './parts/status-bar.tsx';
import { useKeyboard } from './parts/use-keyboard.ts';
import { InvestorsScreen } from './screens/investors/investors-screen.tsx';
import { MapScreen, type MapScreenKeys } from './screens/map/map-screen.tsx';
import './app.css';

/** The window: rail, alarm strip, one screen, status bar. The map stays alive behind the other screens. */
export function App() {
  const [screen, setScreen] = useState<ScreenName>('map');
  const [isSheetOpen, setSheetOpen] = useState(false);
  const mapKeys = useRef<MapScreenKeys | null>(null);
  const isAway = useIsCoreAway();
  useKeyboard((action) => {
    if (action === 'show-map') setScreen('map');
    else if (action === 'show-investors') setScreen('investors');
    else if (action === 'shortcuts') setSheetOpen(true);
    else passToMap(action, screen, mapKeys.current);
  });
  return (
    <div className={isAway ? 'app app--away' : 'app'}>
      <NavigationRail screen={screen} onScreen={setScreen} onShortcuts={() => setSheetOpen(true)} />
      <AlarmStrip />
      <CoreBanner />
      <main className="app__main">
        <div className="app__screen" hidden={screen !== 'map'}>
          <MapScreen keys={mapKeys} isShown={screen === 'map'} />
        </div>
        {screen === 'investors' && (
          <div className="app__screen">
            <InvestorsScreen />
          </div>
        )}
      </main>
      <StatusBar />
      <ShortcutSheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
    </div>
  );
}

function passToMap(action: KeyAction, screen: ScreenName, keys: MapScreenKeys | null): void {
  if (screen === 'map') keys?.act(action);
}
