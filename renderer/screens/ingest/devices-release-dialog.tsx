import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { DeviceRow } from '../../../core/protocol/door-asks.ts';
import { useCore } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { instantOfField, releaseWords, UTC_FIELD_PROBLEM, utcField, utcWords } from './devices-words.ts';

/** Says that no vehicle carries a tracker from an instant on. */
export function ReleaseDialog({ device, onClose }: ReleaseDialogProps) {
  const { link } = useCore();
  const decide = useDecide();
  const [at, setAt] = useState(() => utcField(link.nowMs()));
  const atMs = instantOfField(at);
  return (
    <DecisionDialog
      title={`Release ${device.name} from ${device.registration ?? 'its vehicle'}`}
      confirm="Release"
      fields={['at']}
      check={() => (atMs === null ? { at: UTC_FIELD_PROBLEM } : {})}
      send={(reason) =>
        decide({
          decision: 'release-device',
          reason,
          provider: device.provider,
          device: device.name,
          at: new Date(atMs ?? 0).toISOString(),
        })
      }
      onDone={onClose}
      onClose={onClose}
      consequence={
        atMs === null ? (
          <span className="muted">Give a time to see what this does.</span>
        ) : (
          <ReleaseSentences device={device} atMs={atMs} />
        )
      }
    >
      {(problemOf) => (
        <TextInput
          label="From when (UTC)"
          data-autofocus
          value={at}
          error={problemOf('at')}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
      )}
    </DecisionDialog>
  );
}

interface ReleaseDialogProps {
  readonly device: DeviceRow;
  readonly onClose: () => void;
}

function ReleaseSentences({
  device,
  atMs,
}: {
  readonly device: DeviceRow;
  readonly atMs: number;
}): ReactNode {
  const { answer, problem } = useAsk(
    'device.preview',
    { provider: device.provider, device: device.name, vehicle: null, origin: null, fromMs: atMs },
    2_000,
  );
  if (answer === undefined)
    return <span className="muted">{problem === null ? 'Counting…' : `Not known: ${problem}.`}</span>;
  return releaseWords(answer, device.registration ?? 'the vehicle', utcWords(atMs)).map((sentence) => (
    <p key={sentence}>{sentence}</p>
  ));
}
