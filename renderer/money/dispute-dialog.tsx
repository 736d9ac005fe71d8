import type { DocumentDetail } from '../../core/protocol/money-asks.ts';
import { useDecide } from '../link/use-decide.ts';
import { DecisionDialog } from '../parts/decision-dialog.tsx';

/** The operator disputes a line, or a whole document; or a dispute is settled. */
export function DisputeDialog({ detail, line, words, onClose }: DisputeDialogProps) {
  const decide = useDecide();
  const document = detail.document.number;
  const isSettling = detail.disputes.some((each) => each.settledAtMs === null && each.line === line);
  return (
    <DecisionDialog
      title={`${isSettling ? 'Settle the dispute of' : 'Dispute'} ${document}, ${words}`}
      confirm={isSettling ? 'Settle the dispute' : 'Mark as disputed'}
      send={(reason) =>
        decide({ decision: isSettling ? 'settle-dispute' : 'dispute-document', reason, document, line })
      }
      onDone={onClose}
      onClose={onClose}
      consequence={
        <p>
          {isSettling
            ? 'Reminders go on from where the due day puts them. The document itself stays as it is; what was wrong is put right by a correction.'
            : 'Reminders stop for it until the dispute is settled. The rest stays due, and no amount changes.'}
        </p>
      }
    >
      {() => null}
    </DecisionDialog>
  );
}

interface DisputeDialogProps {
  readonly detail: DocumentDetail;
  /** Null for the whole document. */
  readonly line: number | null;
  readonly words: string;
  readonly onClose: () => void;
}
