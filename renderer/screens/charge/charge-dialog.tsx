import { Button, Modal } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { ChargeExplanation } from '../../../core/protocol/link.ts';
import { useAsk } from '../../link/use-ask.ts';
import { formatPence, formatTenths } from '../../parts/formats.ts';
import { dayWords, zonedTime } from '../../parts/times.ts';
import { chargeSentence, floorSum, priceSum } from './charge-words.ts';
import { EntryTable } from './entry-table.tsx';
import { ReadingTable } from './reading-table.tsx';
import './charge-dialog.css';

/**
 * From the pounds down to the bytes: price, distance, the readings it comes from, the packets they came in, and the
 * ledger entries. It stands still while somebody reads it, and says so.
 */
export function ChargeDialog({ vehicle, registration, day = null, onClose, children }: ChargeDialogProps) {
  const [asOf, setAsOf] = useState(0);
  return (
    <Modal
      opened
      onClose={onClose}
      title="Why this charge?"
      size="min(1080px, 94vw)"
      classNames={{ title: 'charge__title', body: 'charge' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
      <ChargeChain
        key={asOf}
        vehicle={vehicle}
        registration={registration}
        day={day}
        onRefresh={() => setAsOf((before) => before + 1)}
      />
    </Modal>
  );
}

interface ChargeDialogProps {
  readonly vehicle: string;
  readonly registration: string;
  /** A local day of the contract; the open day when left out. */
  readonly day?: string | null;
  readonly onClose: () => void;
  /** Above the chain, such as a choice of the day. */
  readonly children?: ReactNode;
}

interface ChargeChainProps {
  readonly vehicle: string;
  readonly registration: string;
  readonly day: string | null;
  readonly onRefresh: () => void;
}

function ChargeChain({ vehicle, registration, day, onRefresh }: ChargeChainProps) {
  const { answer, problem } = useAsk('charge.explain', { vehicle, day }, null);
  if (problem !== null)
    return <p>The chain cannot be shown: {problem}. It is asked for again each second.</p>;
  if (answer === undefined) return <p className="muted">Reading the journal…</p>;
  if (answer === null) return <p>No contract covers this vehicle, so there is no charge to explain.</p>;
  return (
    <>
      <div className="charge__sentence">
        <p>{chargeSentence(answer, registration)}</p>
        <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={onRefresh}>
          Ask again
        </Button>
      </div>
      <p className="muted small">
        {dayWords(answer.day)}, contract {answer.contract}, time zone {answer.timezone}. The figures stand as
        they were when asked.
      </p>
      <PriceStep charge={answer} />
      <DistanceStep charge={answer} />
      <section className="charge__step">
        <h3>3 · Readings</h3>
        <p className="muted small">
          Oldest first, from the last reading accepted before the window. Open one to see the packet as it
          came.
        </p>
        <ReadingTable
          readings={answer.readings}
          omitted={answer.readingsOmitted}
          timezone={answer.timezone}
          unit={answer.unit}
        />
      </section>
      <section className="charge__step">
        <h3>4 · Ledger</h3>
        <EntryTable entries={answer.entries} />
      </section>
    </>
  );
}

function PriceStep({ charge }: { readonly charge: ChargeExplanation }) {
  return (
    <section className="charge__step">
      <h3>1 · Price</h3>
      <div className="charge__sum">
        <span>{priceSum(charge)}</span>
        <b>{formatPence(charge.pence)}</b>
      </div>
      <p className="muted small">Rounded once, to a whole penny, half away from zero.</p>
    </section>
  );
}

function DistanceStep({ charge }: { readonly charge: ChargeExplanation }) {
  const { unit, timezone } = charge;
  const rows = [
    ['End', charge.toMs, charge.endMicrometres, charge.endTenths],
    ['Start', charge.fromMs, charge.startMicrometres, charge.startTenths],
  ] as const;
  return (
    <section className="charge__step">
      <h3>2 · Distance</h3>
      <table className="data-table">
        <tbody>
          {rows.map(([words, atMs, micrometres, tenths]) => (
            <tr key={words}>
              <td>{words}</td>
              <td>{zonedTime(atMs, timezone)}</td>
              <td>{floorSum(micrometres, tenths, unit)}</td>
              <td className="number">{formatTenths(tenths, unit)}</td>
            </tr>
          ))}
          <tr className="is-total">
            <td>Driven</td>
            <td colSpan={2}>end less start</td>
            <td className="number">{formatTenths(charge.tenths, unit)}</td>
          </tr>
        </tbody>
      </table>
      <p className="muted small">
        The odometer at an instant lies on the straight line between the accepted readings either side of it
        {charge.isProvisional
          ? '; after the last one it stays at the last value, so the end is provisional'
          : ''}
        . Only whole tenths count, and what is left over counts in the next period.
      </p>
    </section>
  );
}
