import { useRef, useState } from 'react';
import { AccessDialogs } from './access/access-dialogs.tsx';
import { AccountMenu } from './access/account-menu.tsx';
import { useIsCoreAway } from './link/core-context.tsx';
import { useAppInfo } from './link/simulator-link.ts';
import { AlarmStrip } from './parts/alarm-strip.tsx';
import { CoreBanner } from './parts/core-banner.tsx';
import type { KeyAction, ScreenKeys } from './parts/keyboard.ts';
import { NavigationRail, type ScreenName } from './parts/navigation-rail.tsx';
import { ResetDemoDialog, useResetKey } from './parts/reset-demo-dialog.tsx';
import { ShortcutSheet } from './parts/shortcut-sheet.tsx';
import { StatusBar } from './parts/status-bar.tsx';
import { useKeyboard } from './parts/use-keyboard.ts';
import { MapScreen } from './screens/map/map-screen.tsx';
import { ShownScreen } from './screens/shown-screen.tsx';
import './app.css';

/** The window: rail, alarm strip, one screen, status bar. The map stays alive behind the other screens. */
export function App() {
  const [screen, setScreen] = useState<ScreenName>('map');
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [isResetAsked, setResetAsked] = useState(false);
  const mapKeys = useRef<ScreenKeys | null>(null);
  const shownKeys = useRef<ScreenKeys | null>(null);
  const isAway = useIsCoreAway();
  useResetKey(useAppInfo()?.isDemo === true, () => setResetAsked(true));
  useKeyboard((action) => {
    const wanted = screenByAction[action];
    if (wanted !== undefined) setScreen(wanted);
    else if (action === 'shortcuts') setSheetOpen(true);
    else (screen === 'map' ? mapKeys : shownKeys).current?.act(action);
  });
  return (
    <div className={isAway ? 'app app--away' : 'app'}>
      <NavigationRail
        screen={screen}
        onScreen={setScreen}
        onShortcuts={() => setSheetOpen(true)}
        account={<AccountMenu />}
      />
      <AlarmStrip />
      <CoreBanner />
      <main className="app__main">
        <div className="app__screen" hidden={screen !== 'map'}>
          <MapScreen keys={mapKeys} isShown={screen === 'map'} />
        </div>
        <div className="app__screen app__screen--over" hidden={screen === 'map'}>
          <ShownScreen screen={screen} keys={shownKeys} onResetDemo={() => setResetAsked(true)} />
        </div>
      </main>
      <StatusBar />
      <AccessDialogs />
      {isResetAsked && <ResetDemoDialog onClose={() => setResetAsked(false)} />}
      <ShortcutSheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
    </div>
  );
}

const screenByAction: Partial<Record<KeyAction, ScreenName>> = {
  'show-map': 'map',
  'show-investors': 'investors',
  'show-ingest': 'ingest',
  'show-billing': 'billing',
  'show-operators': 'operators',
  'show-ledger': 'ledger',
  'show-simulator': 'simulator',
};
