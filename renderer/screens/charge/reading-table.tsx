import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { EvidenceReading } from '../../../core/protocol/link.ts';
import { formatCount, formatMicrometres, formatRaw } from '../../parts/formats.ts';
import { zonedInstant } from '../../parts/times.ts';
import { trustWords } from '../../parts/trust-words.ts';
import { wordsOfSource, wordsOfStatus } from './charge-words.ts';
import { RawPacket } from './raw-packet.tsx';

/** The readings between the two ends, each with what the meter made of it; a row opens to its packet. */
export function ReadingTable({ readings, omitted, timezone, unit }: ReadingTableProps) {
  // The newest reading's packet lies open: the chain ends in bytes without a further click.
  const [open, setOpen] = useState<number | null>(readings.length - 1);
  const gapAt = omitted > 0 ? gapIndex(readings) : -1;
  return (
    <table className="data-table reading-table">
      <thead>
        <tr>
          <th scope="col">What the meter made of it</th>
          <th scope="col">Read at</th>
          <th scope="col">Received</th>
          <th scope="col">Source</th>
          <th scope="col" className="number">
            As sent
          </th>
          <th scope="col" className="number">
            Exactly
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.map((reading, i) => (
          <Fragment key={`${reading.position ?? 'opening'}-${reading.observedAtMs}-${reading.micrometres}`}>
            {i === gapAt && <OmittedRow omitted={omitted} />}
            <ReadingRow
              reading={reading}
              timezone={timezone}
              unit={unit}
              isOpen={open === i}
              onToggle={() => setOpen(open === i ? null : i)}
            />
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface ReadingTableProps {
  readonly readings: readonly EvidenceReading[];
  readonly omitted: number;
  readonly timezone: string;
  readonly unit: 'mi' | 'km';
}

/** Where readings were left out: the widest gap in time, which is where the middle was. */
function gapIndex(readings: readonly EvidenceReading[]): number {
  let widest = { at: 1, gapMs: -1 };
  readings.forEach(({ observedAtMs }, i) => {
    const before = readings[i - 1];
    if (before !== undefined && observedAtMs - before.observedAtMs > widest.gapMs) {
      widest = { at: i, gapMs: observedAtMs - before.observedAtMs };
    }
  });
  return widest.at;
}

function OmittedRow({ omitted }: { readonly omitted: number }) {
  return (
    <tr>
      <td colSpan={6} className="muted">
        {formatCount(omitted)} readings between are left out here; all of them are in the journal.
      </td>
    </tr>
  );
}

interface ReadingRowProps {
  readonly reading: EvidenceReading;
  readonly timezone: string;
  readonly unit: 'mi' | 'km';
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function ReadingRow({ reading, timezone, unit, isOpen, onToggle }: ReadingRowProps) {
  const [word, meaning] = wordsOfStatus(reading.status);
  const mark = trustWords(reading);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr className={isOpen ? 'reading-table__row is-open' : 'reading-table__row'}>
        <td>
          <button type="button" className="reading-table__toggle" aria-expanded={isOpen} onClick={onToggle}>
            <Chevron size={16} stroke={1.8} />
            <span>
              {word}
              <span className="muted reading-table__meaning">{meaning}</span>
            </span>
          </button>
        </td>
        <td>
          {zonedInstant(reading.observedAtMs, timezone)}
          {reading.isReceiptTime && <span className="muted reading-table__late">at the latest</span>}
        </td>
        <td>{zonedInstant(reading.receivedAtMs, timezone)}</td>
        <td>
          {wordsOfSource(reading.source)}
          {mark !== null && <span className="muted reading-table__late">{mark}</span>}
        </td>
        <td className="number">{formatRaw(reading.rawText, reading.rawUnit)}</td>
        <td className="number">{formatMicrometres(reading.micrometres, unit)}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={6} className="reading-table__packet">
            <RawPacket reading={reading} />
          </td>
        </tr>
      )}
    </>
  );
}
