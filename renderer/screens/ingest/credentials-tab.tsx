import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { CredentialRow } from '../../../core/protocol/door-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { formatCount } from '../../parts/formats.ts';
import { ImportDialog } from './credentials-import-dialog.tsx';
import { IssueDialog } from './credentials-issue-dialog.tsx';
import { RevokeDialog } from './credentials-revoke-dialog.tsx';
import { CredentialsTable } from './credentials-table.tsx';
import { matchingCredentials } from './credentials-words.ts';
import './credentials.css';

const ASK_EVERY_MS = 2_000;
/** More nobody reads; the search finds the others. */
const ROWS_SHOWN = 300;

type Opened = CredentialRow | 'issue' | 'import' | null;

/** Who may come in and what for, and how each proves it. */
export function CredentialsTab() {
  const { answer, problem } = useAsk('credential.list', {}, ASK_EVERY_MS);
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  return (
    <div className="ingest-page">
      <section className="ingest-card" aria-label="Credentials">
        <div className="ingest-card__head credentials__head">
          <h2>Credentials</h2>
          <TextInput
            className="credentials__search"
            size="xs"
            aria-label="Search credentials"
            placeholder="Name, device, topic, issuer"
            leftSection={<IconSearch size={14} stroke={1.8} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" onClick={() => setOpened('import')}>
            Import CSV…
          </Button>
          <Button size="xs" onClick={() => setOpened('issue')}>
            Issue…
          </Button>
        </div>
        {answer === undefined ? (
          <p className="muted">{problem === null ? 'Asking…' : `The core does not say: ${problem}.`}</p>
        ) : (
          <CredentialRows all={answer} search={search} problem={problem} onRevoke={setOpened} />
        )}
      </section>
      {opened === 'issue' && <IssueDialog onClose={close} />}
      {opened === 'import' && <ImportDialog onClose={close} />}
      {opened !== null && typeof opened !== 'string' && <RevokeDialog row={opened} onClose={close} />}
    </div>
  );
}

interface CredentialRowsProps {
  readonly all: readonly CredentialRow[];
  readonly search: string;
  readonly problem: string | null;
  readonly onRevoke: (row: CredentialRow) => void;
}

function CredentialRows({ all, search, problem, onRevoke }: CredentialRowsProps) {
  if (all.length === 0)
    return (
      <p className="muted">
        No credential yet. Without one only clients on this machine are let in, over a plain connection.
      </p>
    );
  const matching = matchingCredentials(all, search);
  if (matching.length === 0)
    return (
      <p className="muted">
        None of {formatCount(all.length)} credentials matches “{search.trim()}”. Clear the search to see all.
      </p>
    );
  const live = all.filter(({ revokedAtMs }) => revokedAtMs === null).length;
  return (
    <>
      <CredentialsTable rows={matching.slice(0, ROWS_SHOWN)} onRevoke={onRevoke} />
      <p className="muted small">
        {formatCount(live)} live, {formatCount(all.length - live)} revoked
        {matching.length < all.length && `; ${formatCount(matching.length)} match`}
        {matching.length > ROWS_SHOWN && `; the first ${ROWS_SHOWN} are shown, search for the others`}.
        {problem !== null && ` Last known: ${problem}.`}
      </p>
    </>
  );
}
