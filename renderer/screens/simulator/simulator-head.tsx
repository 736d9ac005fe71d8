import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  demoSpeeds,
  type SimulatorCommand,
  type SimulatorView,
} from '../../../core/protocol/simulator-panel.ts';
import { formatCount } from '../../parts/formats.ts';
import { zonedTime } from '../../parts/times.ts';

/** Which story is played, where its clock stands, and how fast it goes. */
export function SimulatorHead({ view, onDo, onReset }: SimulatorHeadProps) {
  const { city, vehicles, seed, packets, vehiclesMoving, clockMs, timeZone } = view;
  return (
    <section className="sim-card" aria-label="Simulation">
      <div className="sim-head">
        <p>
          <b>{city}</b> · {formatCount(vehicles)} vehicles · seed {seed}
          <span className="muted"> · the same seed drives the same fleet</span>
        </p>
        <Button variant="default" size="xs" onClick={onReset}>
          Reset the demo…
        </Button>
      </div>
      <dl className="sim-figures">
        <Figure name="Virtual clock">{zonedTime(clockMs, timeZone)}</Figure>
        <Figure name="State">{stateWords(view)}</Figure>
        <Figure name="Vehicles moving">
          {formatCount(vehiclesMoving)} of {formatCount(vehicles)}
        </Figure>
        <Figure name="Packets sent">{formatCount(packets)}</Figure>
      </dl>
      <Pace view={view} onDo={onDo} />
    </section>
  );
}

interface SimulatorHeadProps {
  readonly view: SimulatorView;
  readonly onDo: (command: SimulatorCommand) => void;
  readonly onReset: () => void;
}

function Pace({ view, onDo }: Pick<SimulatorHeadProps, 'view' | 'onDo'>) {
  const { phase, isPaused, speed } = view;
  const isWaiting = phase !== 'live';
  return (
    <div className="sim-pace">
      <SegmentedControl
        aria-label="Speed"
        disabled={isWaiting}
        data={demoSpeeds.map((each) => ({ value: String(each), label: `${each}×` }))}
        value={String(speed)}
        onChange={(value) => {
          const chosen = demoSpeeds.find((each) => String(each) === value);
          if (chosen !== undefined) onDo({ do: 'speed', speed: chosen });
        }}
      />
      <Button
        variant="default"
        disabled={isWaiting}
        onClick={() => onDo({ do: isPaused ? 'resume' : 'pause' })}
      >
        {isPaused ? 'Go on' : 'Pause'}
      </Button>
      <Button variant="default" disabled={isWaiting || !isPaused} onClick={() => onDo({ do: 'step' })}>
        Step 10 s
      </Button>
      <span className="muted small">
        {isWaiting
          ? 'Days are being passed; speed, beats and faults wait for live driving.'
          : 'A machine that cannot keep up runs slower than asked; nothing is left out.'}
      </span>
    </div>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function stateWords({ phase, isPaused, speed, timeLapse }: SimulatorView): string {
  if (phase === 'time-lapse')
    return timeLapse === null ? 'Time-lapse' : `Day ${timeLapse.day} of ${timeLapse.days}`;
  return isPaused ? 'Paused' : `Live at ${speed}×`;
}
