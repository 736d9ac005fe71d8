import type { SimulatorCommand } from '../../../core/protocol/simulator-panel.ts';
import { useAppInfo, useSimulator } from '../../link/simulator-link.ts';
import { BeatButtons } from './beat-buttons.tsx';
import { FaultPanel } from './fault-panel.tsx';
import { SimulatorHead } from './simulator-head.tsx';
import { TruthPanel } from './truth-panel.tsx';
import { useBeatKeys } from './use-beat-keys.ts';
import './simulator.css';

/** The demo fleet from the other side: what it does, what goes wrong with it, and whether the bill is right. */
export function SimulatorScreen({ onReset }: { readonly onReset: () => void }) {
  const view = useSimulator();
  const info = useAppInfo();
  const say = (command: SimulatorCommand): void => window.milepost.simulatorDo(command);
  const isLive = view?.phase === 'live';
  useBeatKeys((beat) => {
    if (isLive) say({ do: 'beat', beat });
  });
  return (
    <div className="simulator">
      <h1>Simulator</h1>
      {view === null ? (
        <NoFleet isDemo={info?.isDemo ?? true} />
      ) : (
        <>
          {view.refusal !== null && (
            <p className="sim-refusal" role="alert">
              Not done. {view.refusal}
            </p>
          )}
          <SimulatorHead view={view} onDo={say} onReset={onReset} />
          <BeatButtons isLive={isLive} onBeat={(beat) => say({ do: 'beat', beat })} />
          <div className="sim-columns">
            <FaultPanel view={view} onDo={say} />
            <TruthPanel truth={view.truth} timeZone={view.timeZone} />
          </div>
        </>
      )}
    </div>
  );
}

function NoFleet({ isDemo }: { readonly isDemo: boolean }) {
  if (isDemo)
    return (
      <section className="sim-card">
        <p>The demo fleet is getting ready. It is here as soon as it has sent its first packet.</p>
      </section>
    );
  return (
    <section className="sim-card" aria-label="No demo fleet">
      <p>
        This window shows real data, and a simulated fleet must never come near it. The demo runs in a folder
        of its own. Close Milepost and start it with <code className="mono">milepost --demo</code>, or in a
        checkout with <code className="mono">npm start</code>.
      </p>
      <p className="muted">
        To try scenarios and load against a product of your own, use{' '}
        <code className="mono">npm run fleet-sim -- --help</code>.
      </p>
    </section>
  );
}
