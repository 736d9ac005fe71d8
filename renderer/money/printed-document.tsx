import type { FinalDocument } from '../../core/protocol/document.ts';
import { formatPence } from '../parts/formats.ts';
import { fullDay } from '../parts/times.ts';
import { documentKindWords } from './money-words.ts';
import { documentFacts, footOfDocument } from './print-words.ts';
import { PrintedPaper } from './printed-paper.tsx';
import { DifferenceTable, PrintedLines } from './printed-lines.tsx';
import { UsageTable } from './vehicle-distances.tsx';

/** A document on paper, with nothing but what it said when it was issued. */
export function PrintedDocument({ document }: { readonly document: FinalDocument }) {
  const { kind, number, rated, unit, vatRate, dueDay, grossPence, isSimulated, isOperatorFault } = document;
  const isInvoice = kind === 'invoice';
  const label = kind === 'credit_note' ? 'Credited to the account' : `To be paid by ${fullDay(dueDay)}`;
  return (
    <PrintedPaper
      title={`${documentKindWords[kind]} ${number}`}
      isSimulated={isSimulated}
      figure={[label, formatPence(grossPence)]}
      foot={footOfDocument(document)}
    >
      <dl className="money-facts">
        {documentFacts(document).map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {isOperatorFault && <p>The operator caused what is corrected.</p>}
      {rated.isProvisional && (
        <p>The distance is provisional: a correction trues it up when the next reading comes.</p>
      )}
      {!isInvoice && <DifferenceTable document={document} />}
      <h2>{isInvoice ? 'Lines' : 'The period as it was priced for this document'}</h2>
      <PrintedLines rated={rated} unit={unit} vatRate={vatRate} />
      <h2>Distance by vehicle</h2>
      <UsageTable rated={rated} unit={unit} />
    </PrintedPaper>
  );
}
