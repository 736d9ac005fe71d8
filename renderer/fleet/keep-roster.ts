import type { CoreLink } from '../link/core-link.ts';
import type { FleetState } from './fleet-state.ts';

const RETRY_MS = 1_000;

/** Asks for the roster whenever it may have changed, until it has been answered; one question at a time. */
export function keepRoster(
  link: Pick<CoreLink, 'ask' | 'onRosterChanged'>,
  fleet: Pick<FleetState, 'replaceRoster'>,
): void {
  let isAsking = false;
  let isOutdated = false;
  const ask = async (): Promise<void> => {
    isAsking = true;
    isOutdated = false;
    const roster = await link.ask('fleet.roster', {});
    isAsking = false;
    if (roster.ok) fleet.replaceRoster(roster.value);
    if (!roster.ok) setTimeout(askIfIdle, RETRY_MS);
    else if (isOutdated) askIfIdle();
  };
  const askIfIdle = (): void => {
    if (isAsking) isOutdated = true;
    else void ask();
  };
  link.onRosterChanged(askIfIdle);
}
