import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ProposalRow } from '../../core/protocol/access-asks.ts';
import { useNowMs } from '../link/core-context.tsx';
import { useSession } from '../link/session-context.tsx';
import { useAsk } from '../link/use-ask.ts';
import { useDecide } from '../link/use-decide.ts';
import { ageWords, utcInstant } from '../parts/times.ts';
import { proposedFacts, proposedTitle } from './proposal-words.ts';
import './access.css';

const ASK_EVERY_MS = 2_000;

/** What waits for a second person: what it is, who proposed it, when and why; and the way to settle each. */
export function ApprovalsDialog({ onClose }: { readonly onClose: () => void }) {
  const { answer, problem } = useAsk('proposal.list', { settled: 0 }, ASK_EVERY_MS);
  return (
    <Modal
      opened
      onClose={onClose}
      title="Waiting for a second person"
      size="min(720px, 94vw)"
      classNames={{ title: 'decision__title' }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {answer === undefined ? (
        <p className="muted">{problem === null ? 'Asking…' : `Not known: ${problem}.`}</p>
      ) : (
        <Proposals proposals={answer} />
      )}
    </Modal>
  );
}

function Proposals({ proposals }: { readonly proposals: readonly ProposalRow[] }) {
  if (proposals.length === 0)
    return (
      <p className="muted">
        Nothing waits. Decisions that override what the rules say come here until somebody else approves them.
      </p>
    );
  return (
    <ul className="proposals" aria-label="Proposals">
      {proposals.map((row) => (
        <Proposal key={row.proposal} row={row} />
      ))}
    </ul>
  );
}

function Proposal({ row }: { readonly row: ProposalRow }) {
  const { proposal, proposed, proposer, proposerName, proposedAtMs } = row;
  const nowMs = useNowMs();
  return (
    <li className="proposal">
      <h3 className="proposal__title">
        <span className="muted">{proposal}</span> {proposedTitle(proposed)}
      </h3>
      <p className="small">
        {proposerName} ({proposer}) proposed it {ageWords(nowMs - proposedAtMs)} ago, at{' '}
        {utcInstant(proposedAtMs)}: “{proposed.reason}”
      </p>
      <dl className="fact-list proposal__facts">
        {proposedFacts(proposed).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Settle row={row} />
    </li>
  );
}

function Settle({ row: { proposal, cannot } }: { readonly row: ProposalRow }) {
  const decide = useDecide();
  const { refresh } = useSession();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const settle = async (decision: 'approve' | 'decline' | 'withdraw'): Promise<void> => {
    if (reason.trim() === '') return setProblem('Say why, in a few words');
    setSending(true);
    const [refused] = Object.values(await decide({ decision, proposal, reason: reason.trim() }));
    setSending(false);
    setProblem(refused ?? null);
    await refresh();
  };
  const mayNothing = cannot.approve !== null && cannot.decline !== null && cannot.withdraw !== null;
  if (mayNothing) return <p className="muted small">{sentence(cannot.approve)}</p>;
  return (
    <div className="proposal__settle">
      <TextInput
        aria-label={`Reason, ${proposal}`}
        placeholder="Reason"
        maxLength={1_000}
        value={reason}
        error={problem}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {cannot.withdraw === null && (
        <Button variant="default" disabled={isSending} onClick={() => void settle('withdraw')}>
          Withdraw
        </Button>
      )}
      {cannot.decline === null && (
        <Button variant="default" disabled={isSending} onClick={() => void settle('decline')}>
          Decline
        </Button>
      )}
      {cannot.approve === null && (
        <Button disabled={isSending} onClick={() => void settle('approve')}>
          Approve
        </Button>
      )}
      {cannot.approve !== null && <p className="muted small proposal__why">{sentence(cannot.approve)}</p>}
    </div>
  );
}

function sentence(problem: string | null): string {
  return problem === null ? '' : `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
}
