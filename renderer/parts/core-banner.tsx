import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CoreState } from '../../core/protocol/bridge.ts';
import { useCoreState, useIsCoreAway, useNotice, useStatus } from '../link/core-context.tsx';
import { TimeLapseLine } from './time-lapse-line.tsx';
import './core-banner.css';

/** Says what is wrong with the core, what it affects, and what happens next; nothing while all is well. */
export function CoreBanner() {
  const state = useCoreState();
  const status = useStatus();
  const isAway = useIsCoreAway();
  const notice = useNotice();
  const trouble = troubleWords(state, status !== null, isAway);
  return (
    <div className="core-banner-area">
      {trouble !== null && (
        <div className="core-banner" role="alert">
          <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
          <span>{trouble}</span>
          {state.state === 'failed' && state.nextFreePort !== undefined && (
            <NextPort port={state.nextFreePort} />
          )}
        </div>
      )}
      <TimeLapseLine />
      {notice !== null && <div className="core-banner core-banner--notice">{notice}</div>}
    </div>
  );
}

function NextPort({ port }: { readonly port: number }): ReactNode {
  return (
    <Button size="xs" variant="default" onClick={() => window.milepost.startOnPort(port)}>
      Use port {port} instead
    </Button>
  );
}

/** The sentence for a core that is not serving, or null. At the very start there is nothing to be alarmed about. */
export function troubleWords(state: CoreState, hasStatus: boolean, isAway: boolean): string | null {
  if (state.state === 'failed') return `The core process cannot run: ${state.problem}`;
  if (state.state === 'restarting') {
    const seconds = Math.max(1, Math.round(state.retryInMs / 1_000));
    const attempt = state.attempt > 1 ? `, attempt ${state.attempt}` : '';
    return `The core process stopped and starts again in ${seconds} s${attempt}. What you see is the last known; acknowledged packets are safe in the journal.`;
  }
  if (state.state === 'starting') {
    return hasStatus ? 'The core process is starting again. What you see is the last known.' : null;
  }
  return isAway
    ? 'The core process is busy and has sent nothing for some seconds. What you see is the last known.'
    : null;
}
