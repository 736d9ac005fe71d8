import type { EvidenceReading } from '../../../core/protocol/link.ts';
import { formatCount } from '../../parts/formats.ts';
import { utcInstant } from '../../parts/times.ts';
import { transportWords, trustWords } from '../../parts/trust-words.ts';
import { hexRows } from './charge-words.ts';

/** The packet behind a reading, byte for byte, and where it stands in the journal. */
export function RawPacket({ reading }: { readonly reading: EvidenceReading }) {
  const { position, topic, payloadUtf8, payloadHex, recordDigestHex } = reading;
  if (position === null) {
    return (
      <p className="muted">
        The opening value of the contract, from the signed handover. No packet stands behind it.
      </p>
    );
  }
  if (payloadHex === null)
    return (
      <p className="muted">
        The packet at journal position {formatCount(position)} is erased; its record still stands.
      </p>
    );
  return (
    <div className="raw-packet">
      <dl className="raw-packet__facts">
        <div>
          <dt>Topic</dt>
          <dd className="mono">{topic}</dd>
        </div>
        <div>
          <dt>Journal position</dt>
          <dd>{formatCount(position)}</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>{utcInstant(reading.receivedAtMs)}</dd>
        </div>
        {reading.transport !== null && (
          <div>
            <dt>Came by</dt>
            <dd>
              {transportWords[reading.transport]}
              <span className="muted">, {trustWords(reading) ?? 'with a credential'}</span>
            </dd>
          </div>
        )}
        <div>
          <dt>Record digest</dt>
          <dd className="mono">{recordDigestHex}</dd>
        </div>
        <div>
          <dt>Payload</dt>
          <dd>
            {formatCount(payloadHex.length / 2)} bytes{payloadUtf8 === null ? ', not text' : ''}
          </dd>
        </div>
      </dl>
      {payloadUtf8 !== null && <pre className="mono raw-packet__text">{payloadUtf8}</pre>}
      <HexDump hex={payloadHex} />
    </div>
  );
}

/** Bytes sixteen a row, with their offsets and what of them is text. */
export function HexDump({ hex }: { readonly hex: string }) {
  const lines = hexRows(hex).map(({ offset, bytes, text }) => `${offset}  ${bytes}  ${text}`);
  return (
    <pre className="mono raw-packet__hex" aria-label="Payload in hexadecimal">
      {lines.join('\n')}
    </pre>
  );
}
