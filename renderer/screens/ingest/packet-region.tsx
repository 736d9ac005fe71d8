import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { RawPacketShown } from '../../../core/protocol/ingest-asks.ts';
import { useNowMs } from '../../link/core-context.tsx';
import { Age } from '../../parts/age.tsx';
import { formatCount } from '../../parts/formats.ts';
import { utcInstant } from '../../parts/times.ts';
import { transportWords, trustWords } from '../../parts/trust-words.ts';
import { HexDump } from '../charge/raw-packet.tsx';
import { OutcomeView } from './outcome-view.tsx';
import { usePacket } from './use-packet.ts';

/** One packet: as it came, beside what the decoders make of it. */
export function PacketRegion({ position, onClose }: PacketRegionProps) {
  const asked = usePacket(position);
  const { packet, problem } = asked;
  return (
    <section className="packet" aria-label="Packet">
      <div className="packet__bar">
        <h2>Packet {formatCount(position)}</h2>
        <span className="mono packet__topic">{packet?.topic}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label="Close the packet"
          title="Close (Esc)"
          onClick={onClose}
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </div>
      {problem !== null && (
        <p className="packet__words">The packet cannot be shown as it is now: {problem}.</p>
      )}
      {packet === null && (
        <p className="packet__words muted">It is not in the journal any more: it was erased.</p>
      )}
      {packet === undefined && problem === null && (
        <p className="packet__words muted">Reading the journal…</p>
      )}
      {packet !== null && packet !== undefined && (
        <div className="packet__halves">
          <RawHalf packet={packet} />
          <OutcomeView outcome={packet.outcome} rerun={asked.rerun} onRunAgain={asked.runAgain} />
        </div>
      )}
    </section>
  );
}

interface PacketRegionProps {
  readonly position: number;
  readonly onClose: () => void;
}

function RawHalf({ packet }: { readonly packet: RawPacketShown }) {
  const nowMs = useNowMs();
  const mark = trustWords(packet);
  const shownBytes = packet.payloadHex.length / 2;
  return (
    <section className="packet__half" aria-label="As it came">
      <div className="packet__half-head">
        <h3 className="section-title">As it came</h3>
      </div>
      <dl className="packet__facts">
        <div>
          <dt>Received</dt>
          <dd>
            {utcInstant(packet.receivedAtMs)} <Age atMs={packet.receivedAtMs} nowMs={nowMs} />
          </dd>
        </div>
        <div>
          <dt>Came by</dt>
          <dd>
            {transportWords[packet.transport]}, client <span className="mono">{packet.clientId}</span>{' '}
            {mark !== null && <span className="muted-mark">{mark}</span>}
          </dd>
        </div>
        <div>
          <dt>Payload</dt>
          <dd>
            {formatCount(packet.bytes)} {packet.bytes === 1 ? 'byte' : 'bytes'}
            {packet.payloadUtf8 === null ? ', not text ' : ' '}
            {packet.isTruncated && (
              <span className="muted-mark">truncated: the first {formatCount(shownBytes)} are shown</span>
            )}
          </dd>
        </div>
        <div>
          <dt>Record digest</dt>
          <dd className="mono">{packet.recordDigestHex}</dd>
        </div>
      </dl>
      {packet.payloadUtf8 !== null && packet.payloadUtf8 !== '' && (
        <pre className="mono packet__text" aria-label="Payload as text">
          {packet.payloadUtf8}
        </pre>
      )}
      {packet.payloadHex !== '' && <HexDump hex={packet.payloadHex} />}
    </section>
  );
}
