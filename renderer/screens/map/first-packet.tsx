import { useRef, useState } from 'react';
import { useNowMs } from '../../link/core-context.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ageWords, utcTime } from '../../parts/times.ts';
import { firstPublish } from './first-publish.ts';
import './first-packet.css';

/** What a screen says while nothing was ever received: where to send a first packet, and with which line. */
export function FirstPacket({ mqttPort }: { readonly mqttPort: number }) {
  const nowMs = useNowMs();
  const [waitingSinceMs] = useState(nowMs);
  const code = useRef<HTMLElement>(null);
  return (
    <div className="first-packet">
      <h2>Connected, no data yet</h2>
      <p>
        Trackers publish over MQTT 3.1.1 to <b>127.0.0.1:{mqttPort}</b>. To see a first one, publish a test:
      </p>
      <code ref={code} className="mono">
        {firstPublish(mqttPort)}
      </code>
      <div className="first-packet__row">
        <CopyButton of={code} />
        <span className="muted small">
          Waiting since {utcTime(waitingSinceMs)} UTC, {ageWords(nowMs - waitingSinceMs)}
        </span>
      </div>
    </div>
  );
}
