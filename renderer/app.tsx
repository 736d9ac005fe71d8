import { useRef, useState } from 'react';
import { AccessDialogs } from './access/access-dialogs.tsx';
import { AccountMenu } from './access/account-menu.tsx';
import { useIsCoreAway } from './link/core-context.tsx';
import { AlarmStrip } from './parts/alarm-strip.tsx';
import { CoreBanner } from './parts/core-banner.tsx';
import type { ScreenKeys } from './parts/keyboard.ts';
import { NavigationRail, type ScreenName } from './parts/navigation-rail.tsx';
import { ShortcutSheet } from './parts/shortcut-sheet.tsx';
import { StatusBar } from './parts/status-bar.tsx';
import { useKeyboard } from './parts/use-keyboard.ts';
import { type BillingPlace, billingStart } from './screens/billing/billing-place.ts';
import { BillingScreen } from './screens/billing/billing-screen.tsx';
import { IngestScreen, type IngestTab } from './screens/ingest/ingest-screen.tsx';
import { InvestorsScreen } from './screens/investors/investors-screen.tsx';
import { MapScreen } from './screens/map/map-screen.tsx';
import { OperatorsScreen } from './screens/operators/operators-screen.tsx';
import './app.css';

/** The window: rail, alarm strip, one screen, status bar. The map stays alive behind the other screens. */
export function App() {
  const [screen, setScreen] = useState<ScreenName>('map');
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [ingestTab, setIngestTab] = useState<IngestTab>('feeds');
  const [billing, setBilling] = useState<BillingPlace>(billingStart);
  const [operator, setOperator] = useState<string | null>(null);
  const mapKeys = useRef<ScreenKeys | null>(null);
  const ingestKeys = useRef<ScreenKeys | null>(null);
  const billingKeys = useRef<ScreenKeys | null>(null);
  const operatorsKeys = useRef<ScreenKeys | null>(null);
  const isAway = useIsCoreAway();
  useKeyboard((action) => {
    if (action === 'show-map') setScreen('map');
    else if (action === 'show-investors') setScreen('investors');
    else if (action === 'show-ingest') setScreen('ingest');
    else if (action === 'show-billing') setScreen('billing');
    else if (action === 'show-operators') setScreen('operators');
    else if (action === 'shortcuts') setSheetOpen(true);
    else if (screen === 'map') mapKeys.current?.act(action);
    else if (screen === 'ingest') ingestKeys.current?.act(action);
    else if (screen === 'billing') billingKeys.current?.act(action);
    else if (screen === 'operators') operatorsKeys.current?.act(action);
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
        {screen === 'investors' && (
          <div className="app__screen">
            <InvestorsScreen />
          </div>
        )}
        {screen === 'ingest' && (
          <div className="app__screen">
            <IngestScreen keys={ingestKeys} tab={ingestTab} onTab={setIngestTab} />
          </div>
        )}
        {screen === 'billing' && (
          <div className="app__screen">
            <BillingScreen keys={billingKeys} place={billing} onPlace={setBilling} />
          </div>
        )}
        {screen === 'operators' && (
          <div className="app__screen">
            <OperatorsScreen keys={operatorsKeys} open={operator} onOpen={setOperator} />
          </div>
        )}
      </main>
      <StatusBar />
      <AccessDialogs />
      <ShortcutSheet isOpen={isSheetOpen} onClose={() => setSheetOpen(false)} />
    </div>
  );
}
