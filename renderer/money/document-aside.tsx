import type { DocumentDetail } from '../../core/protocol/money-asks.ts';
import { formatPence } from '../parts/formats.ts';
import { fullDay, utcMoment } from '../parts/times.ts';

/** What became of a document: payments, disputes, reminders, and the sets it posted. */
export function DocumentAside({ detail }: { readonly detail: DocumentDetail }) {
  return (
    <aside className="document__aside" aria-label="What became of it">
      <section className="money-card money-part" aria-label="Payments">
        <h3>Payments</h3>
        <Payments detail={detail} />
      </section>
      <section className="money-card money-part" aria-label="Dunning">
        <h3>Reminders</h3>
        <DunningSteps steps={detail.dunning} />
      </section>
      <section className="money-card money-part" aria-label="Disputes">
        <h3>Disputes</h3>
        <Disputes detail={detail} />
      </section>
      <section className="money-card money-part" aria-label="Ledger sets">
        <h3>Posted in the ledger</h3>
        {detail.sets.length === 0 && <p className="muted small">Nothing.</p>}
        {detail.sets.map((set) => (
          <p key={set} className="mono money-any">
            {set}
          </p>
        ))}
      </section>
    </aside>
  );
}

function Payments({ detail }: { readonly detail: DocumentDetail }) {
  const { payments, row } = detail;
  return (
    <>
      {payments.length === 0 ? (
        <p className="muted small">Nothing was paid yet.</p>
      ) : (
        <table className="data-table" aria-label="Payments">
          <tbody>
            {payments.map(({ from, pence, valueDay }, index) => (
              <tr key={index}>
                <td>{fullDay(valueDay)}</td>
                <td className="money-any">{from}</td>
                <td className="number">{formatPence(pence)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="document__open">
        <span>Not paid yet</span> <b>{formatPence(row.openPence)}</b>
      </p>
    </>
  );
}

/** The schedule of reminders, what has come and what is to come. */
export function DunningSteps({ steps }: { readonly steps: DocumentDetail['dunning'] }) {
  if (steps.length === 0)
    return <p className="muted small">Nothing to remind of: it is paid, a credit, or disputed.</p>;
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <ol className="dunning-steps">
      {steps.map((step) => (
        <li key={step.step} className={step.isDone ? 'is-done' : undefined}>
          <span aria-hidden="true">{step.isDone ? '●' : step === next ? '◐' : '○'}</span>
          <span>
            {step.step}
            <span className="money-more">
              {step.isDone ? 'since' : step === next ? 'next, on' : 'on'} {fullDay(step.day)}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Disputes({ detail }: { readonly detail: DocumentDetail }) {
  if (detail.disputes.length === 0) return <p className="muted small">Nothing is disputed.</p>;
  return (
    <>
      {detail.disputes.map(({ line, reason, by, sinceMs, settledAtMs }) => (
        <div
          key={`${line} ${sinceMs}`}
          className={settledAtMs === null ? 'money-note money-note--act' : 'money-note'}
        >
          <p>
            {line === null ? 'The whole document' : `Line ${line + 1}`}: “{reason}”
          </p>
          <p className="muted small">
            {by}, {utcMoment(sinceMs)}
            {settledAtMs === null ? '; open, no reminders for it' : `; settled ${utcMoment(settledAtMs)}`}
          </p>
        </div>
      ))}
    </>
  );
}
