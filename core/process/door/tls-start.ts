import { fail, ok, type Result } from '../../base/result.ts';
import type { CoreStart } from '../../protocol/process-messages.ts';
import type { JournalLog } from '../journal/journal.ts';
import { openCertificates, type ServerCertificates, type ServerContext } from './certificates.ts';
import { openGivenCertificates } from './certificates-given.ts';
import { isListenAddress, isLoopback, reachedBy } from './tls-reach.ts';

type Asked = Pick<CoreStart, 'host' | 'mqttsPort' | 'tls' | 'tcpPorts' | 'udpPorts'>;

/** Where the door listens, and with which certificates; `secure` is null without TLS. */
export interface DoorPlan {
  readonly plainHost: string;
  readonly secure: SecurePlan | null;
}

export interface SecurePlan {
  readonly host: string;
  readonly port: number;
  readonly certificates: ServerCertificates;
}

const PLAIN_HOST = '127.0.0.1';
/** A certificate renewed by hand is in use after this at the latest. */
const REFRESH_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** Long enough for a person to act. */
const WARNED_BEFORE_END_MS = 14 * DAY_MS;

/** Null, or why these listeners are not to be had, in words for the one who asked. */
export function problemWithListening(asked: Asked): string | null {
  const { host, mqttsPort, tls } = asked;
  if (!isListenAddress(host)) return `--host ${host}: use an IP address of this machine, or localhost.`;
  if (mqttsPort === undefined && tls !== undefined) {
    return 'Certificates were given, but no --mqtts-port to use them on.';
  }
  // Raw trackers have no TLS; whether they may come from outside is decided by the networks that were allowed.
  const isForRaw = asked.tcpPorts !== undefined || asked.udpPorts !== undefined;
  if (mqttsPort !== undefined || isForRaw || isLoopback(host)) return null;
  return (
    `--host ${host} can be reached from other machines, so it needs TLS: add --mqtts-port 8883. ` +
    'Plain MQTT stays on 127.0.0.1.'
  );
}

/** Opens the certificates when TLS is asked for. Outside loopback only TLS listens. */
export async function planDoor(
  asked: Asked,
  keysFolder: string,
  nowMs: number,
): Promise<Result<DoorPlan, string>> {
  const problem = problemWithListening(asked);
  if (problem !== null) return fail(problem);
  const { host, mqttsPort, tls } = asked;
  const plainHost = isLoopback(host) ? host : PLAIN_HOST;
  if (mqttsPort === undefined) return ok({ plainHost, secure: null });
  const hosts = (): string[] => reachedBy(host);
  const certificates: Result<ServerCertificates, string> =
    tls === undefined ? await openCertificates(keysFolder, { nowMs, hosts }) : openGivenCertificates(tls);
  if (!certificates.ok) return certificates;
  return ok({ plainHost, secure: { host, port: mqttsPort, certificates: certificates.value } });
}

/** Says in one line what others can reach now; nothing on loopback. */
export function warnOfReach({ secure }: DoorPlan, port: number | null, log: JournalLog): void {
  if (secure === null || isLoopback(secure.host)) return;
  const addresses = reachedBy(secure.host).filter((host) => isListenAddress(host) && !isLoopback(host));
  log('MQTT over TLS can be reached from other machines; every client there has to say who it is', {
    addresses: addresses.join(', '),
    port: port ?? secure.port,
  });
}

export interface RefreshParts {
  readonly plan: DoorPlan;
  readonly nowMs: () => number;
  readonly use: (context: ServerContext) => void;
  readonly log: JournalLog;
}

/** Once a minute: new certificates on disk are taken up, those near their end renewed. Stop it with `clearInterval`. */
export function keepCertificatesFresh(parts: RefreshParts): NodeJS.Timeout {
  const refresh = certificateRefresher(parts);
  return setInterval(() => void refresh(), REFRESH_EVERY_MS);
}

/** One turn of it: the same trouble is said once, and what was in use stays in use. */
export function certificateRefresher({ plan, nowMs, use, log }: RefreshParts): () => Promise<void> {
  let said = '';
  return async () => {
    if (plan.secure === null) return;
    const { certificates } = plan.secure;
    const refreshed = await certificates.refresh(nowMs());
    if (refreshed.ok && refreshed.value) {
      use(certificates.serverContext());
      log('new TLS connections are shown another certificate from now on');
    }
    const problem = refreshed.ok ? nearEnd(certificates.serverEndMs(), nowMs()) : refreshed.error;
    if (problem !== said && problem !== '') log('TLS certificates need attention', { problem });
    said = problem;
  };
}

function nearEnd(endMs: number, nowMs: number): string {
  if (endMs - nowMs > WARNED_BEFORE_END_MS) return '';
  return `the server certificate ${nowMs < endMs ? 'ends' : 'ended'} at ${new Date(endMs).toISOString()}`;
}
