import type { MappingRow } from '../../../core/protocol/door-asks.ts';
import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { switchOffWords, switchOnWords } from './mapping-words.ts';

/** Puts a text in force under its name, from the next packet on. */
export function SwitchOnDialog({ name, topics, yaml, inForce, onDone, onClose }: SwitchOnDialogProps) {
  const decide = useDecide();
  return (
    <DecisionDialog
      title={`Switch on ${name}`}
      confirm="Switch on"
      send={(reason) => decide({ decision: 'switch-mapping', reason, mapping: name, isOn: true, yaml })}
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
      consequence={switchOnWords(name, topics, inForce).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    >
      {() => null}
    </DecisionDialog>
  );
}

interface SwitchOnDialogProps {
  readonly name: string;
  readonly topics: readonly string[];
  readonly yaml: string;
  /** The file of that name as the core has it. */
  readonly inForce: MappingRow | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Takes a file out of force; its text stays. */
export function SwitchOffDialog({
  row,
  onClose,
}: {
  readonly row: MappingRow;
  readonly onClose: () => void;
}) {
  const decide = useDecide();
  return (
    <DecisionDialog
      title={`Switch off ${row.name}`}
      confirm="Switch off"
      send={(reason) =>
        decide({ decision: 'switch-mapping', reason, mapping: row.name, isOn: false, yaml: row.yaml })
      }
      onDone={onClose}
      onClose={onClose}
      consequence={switchOffWords(row).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    >
      {() => null}
    </DecisionDialog>
  );
}
