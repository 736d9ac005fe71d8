import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useCore, useNowMs, useStatus } from '../../link/core-context.tsx';
import { ageWords, utcTime } from '../../parts/times.ts';
import { firstPublish } from './first-publish.ts';

/** What the map says when it has no streets to show, or nobody to show on them. */
export function MapNothing({ hasPacks }: { readonly hasPacks: boolean }) {
  const { vehicles } = useCore();
  const status = useStatus();
  useNowMs();
  if (status !== null && status.intake !== 'replaying' && vehicles.placed() === 0)
    return <NoData mqttPort={status.mqttPort} />;
  return hasPacks ? null : <NoPacks />;
}

function NoPacks() {
  return (
    <div className="map-nothing">
      <p>
        No street map is built, so the map shows coordinates only. Build it with <b>npm start</b>, or by
        itself with:
      </p>
      <code className="mono">npx tsx scripts/build-city-packs.ts --out out/city-packs</code>
    </div>
  );
}

function NoData({ mqttPort }: { readonly mqttPort: number }) {
  const nowMs = useNowMs();
  const [waitingSinceMs] = useState(nowMs);
  const line = firstPublish(mqttPort);
  return (
    <div className="map-nothing">
      <h2>Connected, no data yet</h2>
      <p>
        Trackers publish over MQTT 3.1.1 to <b>127.0.0.1:{mqttPort}</b>. To see a first one, publish a test:
      </p>
      <code className="mono">{line}</code>
      <div className="map-nothing__row">
        <CopyButton value={line}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
        <span className="muted small">
          Waiting since {utcTime(waitingSinceMs)} UTC, {ageWords(nowMs - waitingSinceMs)}
        </span>
      </div>
    </div>
  );
}
