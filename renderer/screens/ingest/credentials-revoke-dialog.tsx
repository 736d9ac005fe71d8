import type { CredentialRow } from '../../../core/protocol/door-asks.ts';
import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { utcInstant } from '../../parts/times.ts';
import { proofWords, revokeWords, roleWords } from './credentials-words.ts';

/** Takes a credential back for good. */
export function RevokeDialog({ row, onClose }: RevokeDialogProps) {
  const decide = useDecide();
  return (
    <DecisionDialog
      title={`Revoke ${row.username}`}
      confirm="Revoke"
      send={(reason) => decide({ decision: 'revoke-credential', reason, credential: row.credential })}
      onDone={onClose}
      onClose={onClose}
      consequence={revokeWords(row).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    >
      {() => (
        <p className="muted">
          {roleWords[row.role]}, {proofWords[row.proof]}, issued by {row.issuedBy} at{' '}
          {utcInstant(row.issuedAtMs)}.
        </p>
      )}
    </DecisionDialog>
  );
}

interface RevokeDialogProps {
  readonly row: CredentialRow;
  readonly onClose: () => void;
}
