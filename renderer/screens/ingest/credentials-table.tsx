import { Button } from '@mantine/core';
import type { CredentialRow } from '../../../core/protocol/door-asks.ts';
import { utcInstant, zonedInstant } from '../../parts/times.ts';
import { providerWords } from '../../parts/vehicle-words.ts';
import { proofWords, roleWords } from './credentials-words.ts';

/** Live credentials first, revoked ones below; they stay as evidence. */
export function CredentialsTable({ rows, onRevoke }: CredentialsTableProps) {
  return (
    <table className="data-table credentials" aria-label="Credentials">
      <thead>
        <tr>
          <th scope="col">User name</th>
          <th scope="col">Device</th>
          <th scope="col">May publish on</th>
          <th scope="col">May hear</th>
          <th scope="col">Proven by</th>
          <th scope="col">Issued</th>
          <th scope="col">
            <span className="screen-reader-only">What to do</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.credential} className={row.revokedAtMs === null ? undefined : 'is-revoked'}>
            <th scope="row" className="credentials__name">
              <span className="credentials__user">{row.username}</span>
              <span className="cell__more muted">{roleWords[row.role]}</span>
            </th>
            <td className="cell__any">
              {row.device === null ? (
                <span className="muted">–</span>
              ) : (
                <>
                  {row.device.name}
                  <span className="cell__more muted">{providerWords(row.device.provider)}</span>
                </>
              )}
            </td>
            <Filters filters={row.publish} />
            <Filters filters={row.subscribe} />
            <td>{proofWords[row.proof]}</td>
            <td title={utcInstant(row.issuedAtMs)}>
              {utcDay(row.issuedAtMs)}
              <span className="cell__more muted">by {row.issuedBy}</span>
            </td>
            <td className="devices__acts">
              <RevokeCell row={row} onRevoke={onRevoke} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CredentialsTableProps {
  readonly rows: readonly CredentialRow[];
  readonly onRevoke: (row: CredentialRow) => void;
}

function RevokeCell({
  row,
  onRevoke,
}: {
  readonly row: CredentialRow;
  readonly onRevoke: (row: CredentialRow) => void;
}) {
  if (row.revokedAtMs !== null)
    return (
      <span className="muted" title={utcInstant(row.revokedAtMs)}>
        revoked
        <span className="cell__more">{utcDay(row.revokedAtMs)}</span>
      </span>
    );
  return (
    <Button size="xs" variant="default" aria-label={`Revoke ${row.username}…`} onClick={() => onRevoke(row)}>
      Revoke…
    </Button>
  );
}

function Filters({ filters }: { readonly filters: readonly string[] }) {
  if (filters.length === 0) return <td className="muted">nothing</td>;
  return (
    <td className="mono cell__any">
      {filters.map((filter) => (
        <span key={filter} className="credentials__filter">
          {filter}
        </span>
      ))}
    </td>
  );
}

/** "2 Mar 09:00" in UTC. */
function utcDay(instantMs: number): string {
  return zonedInstant(instantMs, 'UTC').slice(0, -3);
}
