import { useDecide } from '../link/use-decide.ts';
import { DecisionDialog } from '../parts/decision-dialog.tsx';
import { formatPence } from '../parts/formats.ts';

/** What is open of a document is given up; it takes two people. */
export function WriteOffDialog({ number, openPence, onClose }: WriteOffDialogProps) {
  const decide = useDecide();
  return (
    <DecisionDialog
      title={`Write off ${number}`}
      confirm={`Write off ${formatPence(openPence)}`}
      send={(reason) => decide({ decision: 'write-off', reason, document: number })}
      onDone={onClose}
      onClose={onClose}
      consequence={
        <>
          <p>
            {formatPence(openPence)} is given up: first against the operator’s loss allowance, the rest is a
            credit loss. Money that comes in later is recorded as a recovery.
          </p>
          <p className="muted">A second person has to approve it before it does anything.</p>
        </>
      }
    >
      {() => null}
    </DecisionDialog>
  );
}

interface WriteOffDialogProps {
  readonly number: string;
  readonly openPence: number;
  readonly onClose: () => void;
}
