import type { ReactNode } from 'react';
import type { DocumentDetail } from '../../core/protocol/money-asks.ts';
import { formatTenths } from '../parts/formats.ts';
import { fullDay, periodDays, utcMoment } from '../parts/times.ts';
import { dueWords } from './money-words.ts';

const CAUSES_SHOWN = 12;

/** Who owes it for what, when it was issued and from what it was made. */
export function DocumentFacts({ detail, onPeriod }: DocumentFactsProps) {
  const { document, row, issuedBy, issuedAtMs } = detail;
  const { contract, rated, causePositions, asOf } = document;
  const days = periodDays(rated.startDay, rated.endDay);
  return (
    <dl className="money-facts">
      <Fact label="For">{document.operator.name}</Fact>
      <Fact label="From">{document.facility.name}</Fact>
      <Fact label="Contract and period">
        {contract}, {days} ({document.timezone}){' '}
        {onPeriod !== undefined && (
          <button
            type="button"
            className="row-button"
            onClick={() => onPeriod({ contract, period: rated.period })}
          >
            Open the period
          </button>
        )}
      </Fact>
      <Fact label="Distance">
        {formatTenths(document.tenths, document.unit)}
        {rated.isProvisional && ', provisional: trued up by a correction when the next reading comes'}
      </Fact>
      <Fact label="Issued">
        {fullDay(document.issuedDay)} by {issuedBy}, {utcMoment(issuedAtMs)}
      </Fact>
      <Fact label="Due">{row.openPence === 0 ? fullDay(document.dueDay) : dueWords(row)}</Fact>
      <Fact label="As of">
        {utcMoment(asOf.receivedAtMs)}, journal position {asOf.position}
      </Fact>
      {causePositions.length > 0 && (
        <Fact label="Caused by readings">
          at journal positions {causePositions.slice(0, CAUSES_SHOWN).join(', ')}
          {causePositions.length > CAUSES_SHOWN && ` and ${causePositions.length - CAUSES_SHOWN} more`}
        </Fact>
      )}
      <Fact label="Inputs, SHA-256">
        <span className="mono">{document.inputsSha256Hex}</span>
      </Fact>
      {document.isOperatorFault && <Fact label="Cause">The operator caused what is corrected.</Fact>}
      {document.isSimulated && <Fact label="Simulated">This document is about simulated vehicles.</Fact>}
    </dl>
  );
}

interface DocumentFactsProps {
  readonly detail: DocumentDetail;
  readonly onPeriod: ((period: { readonly contract: string; readonly period: number }) => void) | undefined;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
