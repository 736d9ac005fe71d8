import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatTenths } from '../../parts/formats.ts';
import { utcMoment } from '../../parts/times.ts';
import type { HeldReading } from './quarantine-dialog.tsx';

/** A reading counts, or does not, because two people say so. */
export function JudgeDialog({ decision, vehicle, registration, reading, onClose }: JudgeDialogProps) {
  const decide = useDecide();
  const isAccepted = decision === 'accept-reading';
  const { position, atMs, micrometres } = reading;
  return (
    <DecisionDialog
      title={`${isAccepted ? 'Accept' : 'Reject'} a reading of ${registration}`}
      confirm={isAccepted ? 'Accept the reading' : 'Reject the reading'}
      send={(reason) => decide({ decision, reason, vehicle, position, atMs, micrometres })}
      onDone={onClose}
      onClose={onClose}
      consequence={
        <>
          <p>
            {formatTenths(reading.tenths, reading.unit)}, taken {utcMoment(atMs)}.
          </p>
          <p>
            {isAccepted
              ? 'It counts from then on, and the readings after it are judged against it. Periods that were invoiced and come to something else are then due a correction.'
              : 'It is left out of the meter for good, and no longer stands against closing a period. It stays in the journal.'}
          </p>
          <p className="muted">A second person has to approve it before it does anything.</p>
        </>
      }
    >
      {() => null}
    </DecisionDialog>
  );
}

interface JudgeDialogProps {
  readonly decision: 'accept-reading' | 'reject-reading';
  readonly vehicle: string;
  readonly registration: string;
  readonly reading: HeldReading;
  readonly onClose: () => void;
}
