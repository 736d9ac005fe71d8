import { FileInput } from '@mantine/core';
import type { AskAnswer } from '../../../core/protocol/link.ts';
import { useCore } from '../../link/core-context.tsx';
import { useDecide } from '../../link/use-decide.ts';
import { LineProblems } from '../../parts/line-problems.tsx';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatCounted } from '../../parts/formats.ts';
import { type ChosenFile, useCsvFile } from './use-csv-file.ts';

type ContractsFile = AskAnswer<'money.read-contracts-csv'>;

/** Contracts, vehicles and operators from one CSV: every error by its line before anything is added. */
export function ContractsImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { link } = useCore();
  const decide = useDecide();
  const { chosen, choose } = useCsvFile((csv) => link.ask('money.read-contracts-csv', { csv }));
  const file = chosen?.outcome?.ok === true ? chosen.outcome.value : null;
  const decision = file?.decision ?? null;
  const check = (): Readonly<Record<string, string>> => {
    if (file === null) return { csv: 'choose a file first' };
    return decision === null ? { csv: 'put the lines below right first; nothing is taken till then' } : {};
  };
  return (
    <DecisionDialog
      title="Import contracts"
      confirm="Add to the book"
      size="min(860px, 94vw)"
      fields={['csv']}
      check={check}
      send={(reason) => decide({ ...decision, reason })}
      onDone={onClose}
      onClose={onClose}
      consequence={<ImportConsequence file={file} />}
    >
      {(problemOf) => (
        <div className="money import-part">
          <p className="muted small">
            The same columns that “Export as CSV” writes: export first to see them. Nothing is added while any
            line has a problem, and nothing that is in the book is changed.
          </p>
          <FileInput
            label="Contracts, CSV"
            placeholder="Choose a file"
            accept=".csv,text/csv"
            clearable
            data-autofocus
            error={problemOf('csv')}
            onChange={choose}
          />
          <ContractsPreview chosen={chosen} />
        </div>
      )}
    </DecisionDialog>
  );
}

function ImportConsequence({ file }: { readonly file: ContractsFile | null }) {
  if (file === null) return <span className="muted">Choose a file to see what it would add.</span>;
  if (file.decision === null) return <span className="muted">Nothing can be added yet.</span>;
  return (
    <p>
      Adds {formatCounted(file.operators, 'operator')}, {formatCounted(file.vehicles, 'vehicle')} and{' '}
      {formatCounted(file.contracts, 'contract')} to the book.
    </p>
  );
}

function ContractsPreview({ chosen }: { readonly chosen: ChosenFile<ContractsFile> | null }) {
  if (chosen === null) return null;
  if (chosen.outcome === null)
    return (
      <p className="muted" role="status">
        Looking at every line…
      </p>
    );
  if (!chosen.outcome.ok)
    return (
      <p className="decision__problem" role="alert">
        The file cannot be read: {chosen.outcome.error}.
      </p>
    );
  const { problems } = chosen.outcome.value;
  if (problems.length > 0) return <LineProblems problems={problems} />;
  return <p>Every line is right.</p>;
}
