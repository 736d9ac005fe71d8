import type { ReactNode } from 'react';
import { sumOf } from '../../core/protocol/report.ts';
import type { Status } from '../../core/protocol/link.ts';
import { useNowMs, useStatus } from '../link/core-context.tsx';
import { type Fact, StatusSegment } from './status-segment.tsx';
import { formatBytes, formatCount, formatPence, formatPerSecond, formatTenths, wordsOf } from './formats.ts';
import { ageWords, localTime, utcTime } from './times.ts';
import './status-bar.css';

/** The health of the line in one row: each segment opens what stands behind it. Last known values stay. */
export function StatusBar() {
  const status = useStatus();
  return (
    <footer className="status-bar" aria-label="Status">
      {status === null ? (
        <span className="muted status-bar__waiting">Connecting to the core process…</span>
      ) : (
        <Segments status={status} />
      )}
      <Clock status={status} />
    </footer>
  );
}

function Segments({ status }: { readonly status: Status }) {
  const nowMs = useNowMs();
  const { packets, readings } = status.counts;
  const refused = sumOf(packets.refused);
  const quarantined = sumOf(readings.quarantined);
  const newest = status.newestObservedAtMs;
  return (
    <>
      <StatusSegment label="Broker" value={brokerWords(status)} facts={brokerFacts(status)} />
      <StatusSegment
        label="Core lag p99"
        value={`${status.coreLagP99Ms.toFixed(status.coreLagP99Ms < 10 ? 1 : 0)} ms`}
        facts={[['What it is', '99 of 100 waits for the core process were shorter; over the last seconds']]}
      />
      <StatusSegment
        label="Newest reading"
        value={newest === null ? 'none yet' : `${ageWords(nowMs - newest)} ago`}
        facts={[
          ['What it is', 'the newest time any tracker has put on a reading'],
          ['Instant', newest === null ? 'no reading yet' : `${utcTime(newest)} UTC`],
        ]}
      />
      <StatusSegment
        label="Journal"
        value={`${formatBytes(status.journalBytes)} · ${formatCount(status.journalRecords)}`}
        facts={[
          ['On disk', formatBytes(status.journalBytes)],
          ['Records', formatCount(status.journalRecords)],
        ]}
      />
      <StatusSegment
        label="Refused · Quarantined"
        value={`${formatCount(refused)} · ${formatCount(quarantined)}`}
        facts={reasonFacts(status)}
      />
      <StatusSegment
        label="Today, whole book"
        value={`${formatTenths(status.tenthsToday, 'mi')} · ${formatPence(status.penceToday)}`}
        facts={[
          ['Vehicles', formatCount(status.vehicles)],
          ['Moving', formatCount(status.vehiclesMoving)],
          ['Standing', 'accruing, until the day is posted'],
        ]}
      />
    </>
  );
}

function Clock({ status }: { readonly status: Status | null }) {
  const nowMs = useNowMs();
  return (
    <div className="status-bar__end">
      <div className="status-bar__clock">
        <div className="status-segment__label">
          {status?.clock === 'driven' ? 'Simulator’s clock' : 'Clock'}
        </div>
        <div>
          <span className="status-bar__zone">UTC</span> {utcTime(nowMs)}
          <span className="status-bar__zone status-bar__local"> local</span>{' '}
          <span className="status-bar__local">{localTime(nowMs)}</span>
        </div>
      </div>
      <div className="status-bar__mode">{status?.isSimulated === true ? 'SIMULATED' : 'LIVE'}</div>
    </div>
  );
}

/** What is spare leaves first when the window is narrow; the popover has all of it. */
function brokerWords(status: Status): ReactNode {
  return (
    <>
      127.0.0.1:{status.mqttPort}
      {status.intake === 'running' ? '' : ` · ${status.intake}`}
      <span className="status-bar__spare"> · {formatCount(status.connections)} conn</span> ·{' '}
      {formatPerSecond(status.packetsPerSecond)}
    </>
  );
}

function brokerFacts(status: Status): Fact[] {
  const { packets } = status.counts;
  return [
    ['Listening on', `127.0.0.1:${status.mqttPort}, MQTT 3.1.1`],
    ['Intake', status.intake],
    ['Connections', formatCount(status.connections)],
    ['Packets a second', formatPerSecond(status.packetsPerSecond)],
    ['Received', formatCount(packets.received)],
    ['Acknowledged', formatCount(packets.acknowledged)],
    ['Decoded', formatCount(packets.decoded)],
    ['Duplicate', formatCount(packets.duplicate)],
  ];
}

function reasonFacts({ counts, connectionsRefused }: Status): Fact[] {
  const reasons = (title: string, byReason: Readonly<Record<string, number>>): Fact[] => {
    const some = Object.entries(byReason).filter(([, count]) => count > 0);
    return some.length === 0
      ? [[title, 'none']]
      : some.map(([reason, count]): Fact => [`${title}: ${wordsOf(reason)}`, formatCount(count)]);
  };
  return [
    ...reasons('Packets refused', counts.packets.refused),
    ...reasons('Readings quarantined', counts.readings.quarantined),
    ...reasons('Connections refused', connectionsRefused),
    ['Readings unclaimed', formatCount(counts.readings.unclaimed)],
    ['Readings accepted', formatCount(counts.readings.accepted)],
  ];
}
