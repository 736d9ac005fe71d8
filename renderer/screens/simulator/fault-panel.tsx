import { Button, Select } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import {
  type SimulatorCommand,
  type SimulatorView,
  vehicleFaults,
} from '../../../core/protocol/simulator-panel.ts';
import { useCore } from '../../link/core-context.tsx';
import { formatCounted } from '../../parts/formats.ts';
import { zonedTime } from '../../parts/times.ts';
import { faultWords, happeningState } from './simulator-words.ts';

/** What may be done to one vehicle, and everything that was brought about so far. */
export function FaultPanel({ view, onDo }: FaultPanelProps) {
  return (
    <section className="sim-card" aria-label="Faults">
      <div className="sim-card__head">
        <h2>Faults</h2>
        <p className="muted small">Each goes over the same wire as the trouble of real trackers.</p>
      </div>
      <FaultButtons isLive={view.phase === 'live'} onDo={onDo} />
      <HappeningTable view={view} />
    </section>
  );
}

interface FaultPanelProps {
  readonly view: SimulatorView;
  readonly onDo: (command: SimulatorCommand) => void;
}

function FaultButtons({
  isLive,
  onDo,
}: {
  readonly isLive: boolean;
  readonly onDo: FaultPanelProps['onDo'];
}) {
  const { fleet, seconds } = useCore();
  const roster = useSyncExternalStore(seconds.subscribe, fleet.roster);
  const [vehicle, setVehicle] = useState<string | null>(null);
  const chosen = vehicle ?? roster[0]?.vehicle ?? null;
  return (
    <div className="sim-faults">
      <Select
        label="Vehicle"
        searchable
        data={roster.map((entry) => ({
          value: entry.vehicle,
          label: `${entry.registration} · ${entry.make} ${entry.model}`,
        }))}
        value={chosen}
        onChange={setVehicle}
        nothingFoundMessage="No vehicle of the fleet matches"
      />
      <div className="sim-faults__buttons">
        {vehicleFaults.map((fault) => (
          <Button
            key={fault}
            variant="default"
            size="xs"
            title={faultWords[fault].hint}
            disabled={!isLive || chosen === null}
            onClick={() => chosen !== null && onDo({ do: 'fault', fault, vehicle: chosen })}
          >
            {faultWords[fault].name}
          </Button>
        ))}
      </div>
    </div>
  );
}

function HappeningTable({ view }: { readonly view: SimulatorView }) {
  const { happenings, clockMs, timeZone } = view;
  if (happenings.length === 0) return <p className="muted">Nothing has been brought about yet.</p>;
  return (
    <table className="data-table" aria-label="What was brought about">
      <thead>
        <tr>
          <th scope="col">Since</th>
          <th scope="col">What</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {happenings.map((happening) => (
          <tr key={happening.id}>
            <td className="sim-since">{zonedTime(happening.fromMs, timeZone)}</td>
            <td>
              {happening.words}
              {happening.vehicles > 1 && (
                <span className="muted"> · {formatCounted(happening.vehicles, 'vehicle')}</span>
              )}
            </td>
            <td className="sim-since">{happeningState(happening, clockMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
