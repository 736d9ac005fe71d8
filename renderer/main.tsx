import '@mantine/core/styles.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import './theme/fonts.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { must } from '../core/base/assert.ts';
import { App } from './app.tsx';
import { createFleetState } from './fleet/fleet-state.ts';
import { keepRoster } from './fleet/keep-roster.ts';
import { CoreProvider } from './link/core-context.tsx';
import { connectToCore } from './link/core-link.ts';
import './link/milepost-window.ts';
import { SessionProvider } from './link/session-context.tsx';
import { startSeconds } from './link/seconds.ts';
import { placeVehicles, redressVehicles } from './map/vehicle-feed.ts';
import { createVehicleBuffer } from './map/vehicle-layer/vehicle-buffer.ts';
import { markWhatIsShown } from './parts/shown-marks.ts';
import { cssVariables, mantineTheme } from './theme/mantine-theme.ts';
import { pageNonce } from './theme/page-nonce.ts';

// The page may not evaluate text as code, so the schema library must not try to.
z.config({ jitless: true });

const monotonicMs = (): number => performance.now();
const fleet = createFleetState();
const vehicles = createVehicleBuffer();
const link = connectToCore({ bridge: window.milepost, window, monotonicMs });
const seconds = startSeconds(link.nowMs);

const stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
vehicles.setStill(stillness.matches);
stillness.addEventListener('change', () => vehicles.setStill(stillness.matches));

link.onFrame((frame) => {
  fleet.applyFrame(frame);
  placeVehicles(frame, fleet, vehicles, { monotonicMs: monotonicMs(), nowMs: link.nowMs() });
});
keepRoster(link, fleet);
seconds.subscribe(() => redressVehicles(fleet, vehicles, link.nowMs()));
markWhatIsShown({ root: document.documentElement, link, fleet, vehicles, seconds, monotonicMs });

createRoot(must(document.getElementById('root'), 'index.html has a root')).render(
  <StrictMode>
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={pageNonce}
    >
      <CoreProvider core={{ link, fleet, seconds, vehicles }}>
        <SessionProvider>
          <App />
        </SessionProvider>
      </CoreProvider>
    </MantineProvider>
  </StrictMode>,
);
