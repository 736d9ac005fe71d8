import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type RefObject, useRef, useState } from 'react';
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
  const code = useRef<HTMLElement>(null);
  return (
    <div className="map-nothing">
      <h2>Connected, no data yet</h2>
      <p>
        Trackers publish over MQTT 3.1.1 to <b>127.0.0.1:{mqttPort}</b>. To see a first one, publish a test:
      </p>
      <code ref={code} className="mono">
        {firstPublish(mqttPort)}
      </code>
      <div className="map-nothing__row">
        <CopyLine line={code} />
        <span className="muted small">
          Waiting since {utcTime(waitingSinceMs)} UTC, {ageWords(nowMs - waitingSinceMs)}
        </span>
      </div>
    </div>
  );
}

function CopyLine({ line }: { readonly line: RefObject<HTMLElement | null> }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={() => setCopied(line.current !== null && copyText(line.current))}
    >
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}

/**
 * Selects the text and copies the selection, as a person would. The clipboard interface would need a permission, and
 * this page is given none.
 */
function copyText(element: HTMLElement): boolean {
  getSelection()?.selectAllChildren(element);
  return document.execCommand('copy');
}
