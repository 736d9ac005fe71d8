import { useAsk } from '../../link/use-ask.ts';
import { utcInstant } from '../../parts/times.ts';

const ASK_EVERY_MS = 2_000;

/** Who may come in, and how each proves it. */
export function CredentialsTab() {
  const { answer, problem } = useAsk('credential.list', {}, ASK_EVERY_MS);
  return (
    <div className="ingest-page">
      <section className="ingest-card">
        <div className="ingest-card__head">
          <h2>Credentials</h2>
          {problem !== null && <span className="muted small">last known: {problem}</span>}
        </div>
        {answer === undefined ? (
          <p className="muted">Asking…</p>
        ) : answer.length === 0 ? (
          <p className="muted">No credential was issued yet: only clients on this machine are let in.</p>
        ) : (
          <table className="data-table" aria-label="Credentials">
            <thead>
              <tr>
                <th scope="col">Username</th>
                <th scope="col">Role</th>
                <th scope="col">Proven with</th>
                <th scope="col">Issued</th>
                <th scope="col">Revoked</th>
              </tr>
            </thead>
            <tbody>
              {answer.map((row) => (
                <tr key={row.credential}>
                  <td>{row.username}</td>
                  <td>{row.role}</td>
                  <td>{row.proof}</td>
                  <td>{utcInstant(row.issuedAtMs)}</td>
                  <td>{row.revokedAtMs === null ? 'no' : utcInstant(row.revokedAtMs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
