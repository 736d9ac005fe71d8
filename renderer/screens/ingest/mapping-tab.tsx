import { useAsk } from '../../link/use-ask.ts';
import { formatCount } from '../../parts/formats.ts';
import { utcInstant } from '../../parts/times.ts';

const ASK_EVERY_MS = 2_000;

/** The feeds that mapping files describe. */
export function MappingTab() {
  const { answer, problem } = useAsk('mapping.list', {}, ASK_EVERY_MS);
  return (
    <div className="ingest-page">
      <section className="ingest-card">
        <div className="ingest-card__head">
          <h2>Mapping files</h2>
          {problem !== null && <span className="muted small">last known: {problem}</span>}
        </div>
        {answer === undefined ? (
          <p className="muted">Asking…</p>
        ) : answer.length === 0 ? (
          <p className="muted">
            No mapping file was switched on yet. One makes a new vendor’s topics a feed.
          </p>
        ) : (
          <table className="data-table" aria-label="Mapping files">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">State</th>
                <th scope="col">Since</th>
                <th scope="col">Switched by</th>
                <th scope="col" className="number">
                  Packets
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.map((row) => (
                <tr key={row.name}>
                  <td>{row.name}</td>
                  <td>{row.isOn ? 'on' : 'off'}</td>
                  <td>{utcInstant(row.switchedAtMs)}</td>
                  <td>{row.switchedBy}</td>
                  <td className="number">{formatCount(row.packets)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
