import { IconAlertTriangle } from '@tabler/icons-react';
import { useCore, useNowMs } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { Age } from '../../parts/age.tsx';
import { formatCount } from '../../parts/formats.ts';
import { utcInstant } from '../../parts/times.ts';
import { situationWords, subjectWords } from './devices-words.ts';

const ASK_EVERY_MS = 2_000;
const ROWS_SHOWN = 50;

/** What no rule can settle and a person should look at; nothing at all when there is none. */
export function Situations() {
  const nowMs = useNowMs();
  const { fleet } = useCore();
  const { answer = [] } = useAsk('situation.list', {}, ASK_EVERY_MS);
  if (answer.length === 0) return null;
  const registrationOf = (id: string): string | undefined =>
    fleet.roster().find(({ vehicle }) => vehicle === id)?.registration;
  return (
    <section className="ingest-card" aria-label="Situations">
      <div className="ingest-card__head">
        <h2 className="situations__title">
          <IconAlertTriangle size={17} stroke={1.8} aria-hidden="true" /> To look at
        </h2>
        <span className="muted small">
          {answer.length > ROWS_SHOWN
            ? `The ${ROWS_SHOWN} last seen of ${formatCount(answer.length)}`
            : formatCount(answer.length)}
        </span>
      </div>
      <table className="data-table situations" aria-label="Situations">
        <thead>
          <tr>
            <th scope="col">What, and what to do</th>
            <th scope="col">About</th>
            <th scope="col">First seen</th>
            <th scope="col">Last seen</th>
            <th scope="col" className="number">
              Times
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.slice(0, ROWS_SHOWN).map((row) => {
            const { name, toDo } = situationWords(row.situation);
            return (
              <tr key={`${row.situation} ${row.subject}`}>
                <td>
                  <b>{name}</b>
                  <span className="cell__more muted">{toDo}</span>
                </td>
                <td className="cell__any">
                  {subjectWords(row.subject, registrationOf)}
                  <span className="cell__more muted">{subjectWords(row.detail, registrationOf)}</span>
                </td>
                <td title={utcInstant(row.firstAtMs)}>
                  <Age atMs={row.firstAtMs} nowMs={nowMs} />
                </td>
                <td title={utcInstant(row.lastAtMs)}>
                  <Age atMs={row.lastAtMs} nowMs={nowMs} />
                </td>
                <td className="number">{formatCount(row.count)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
