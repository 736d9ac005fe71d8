import { Button, FileInput, Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { IssuedCredential } from '../../../core/protocol/door-asks.ts';
import type { AskAnswer } from '../../../core/protocol/link.ts';
import { useCore } from '../../link/core-context.tsx';
import { formatCount } from '../../parts/formats.ts';
import { LineProblems } from '../../parts/line-problems.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { secretsCsv } from './credentials-words.ts';

const CHARACTERS_MAX = 4_194_304;

type Outcome = AskAnswer<'credential.import'>;

/** A file as it was chosen, and what the core says of it; null while it is looked at. */
interface Chosen {
  readonly csv: string;
  readonly outcome: Outcome | null;
}

/** Many credentials from one file: every problem is told by its line before anything is issued. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { link } = useCore();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [issued, setIssued] = useState<readonly IssuedCredential[] | null>(null);
  const [isSending, setSending] = useState(false);
  const ask = async (csv: string, isPreview: boolean): Promise<Outcome> => {
    const answer = await link.ask('credential.import', { csv, isPreview });
    return answer.ok ? answer.value : wrong('core', answer.error);
  };
  const look = async (file: File | null): Promise<void> => {
    if (file === null) return setChosen(null);
    const csv = await file.text();
    setChosen({ csv, outcome: null });
    const isTooLong = csv.length > CHARACTERS_MAX;
    setChosen({ csv, outcome: isTooLong ? wrong('file', 'more than 4 MB; split it') : await ask(csv, true) });
  };
  const issue = async (csv: string): Promise<void> => {
    setSending(true);
    const outcome = await ask(csv, false);
    setSending(false);
    if (outcome.ok) setIssued(outcome.issued);
    else setChosen({ csv, outcome });
  };
  if (issued !== null) return <Imported issued={issued} onClose={onClose} />;
  return (
    <ImportFrame title="Import credentials" onClose={onClose}>
      <ImportHelp />
      <FileInput
        label="CSV file"
        placeholder="Choose a file"
        accept=".csv,text/csv"
        clearable
        data-autofocus
        onChange={(file) => void look(file)}
      />
      {chosen !== null && <Preview outcome={chosen.outcome} />}
      <div className="decision__foot">
        <div className="decision__buttons">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={chosen?.outcome?.ok !== true || chosen.outcome.lines === 0}
            loading={isSending}
            onClick={() => void issue(chosen?.csv ?? '')}
          >
            {chosen?.outcome?.ok === true
              ? `Issue ${formatCount(chosen.outcome.lines)} credentials`
              : 'Issue'}
          </Button>
        </div>
      </div>
    </ImportFrame>
  );
}

function wrong(field: string, problem: string): Outcome {
  return { ok: false, problems: [{ line: 1, field, problem }] };
}

interface ImportFrameProps {
  readonly title: string;
  /** Null when it closes by its own button only. */
  readonly onClose: (() => void) | null;
  readonly children: ReactNode;
}

function ImportFrame({ title, onClose, children }: ImportFrameProps) {
  return (
    <Modal
      opened
      onClose={() => onClose?.()}
      title={title}
      size="min(760px, 94vw)"
      classNames={{ title: 'decision__title' }}
      withCloseButton={onClose !== null}
      closeOnClickOutside={false}
      closeOnEscape={onClose !== null}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="import">{children}</div>
    </Modal>
  );
}

function ImportHelp() {
  return (
    <div>
      <p className="muted small">
        One credential a line, each with a generated secret. An empty publish takes the topics of the device’s
        feed; several filters are separated by semicolons. Nothing is issued while any line has a problem.
      </p>
      <pre className="import__example mono">
        {
          'username,role,provider,device,publish,subscribe\ntaxi-1,device,teltonika-mqtt-json,356000000000019,,'
        }
      </pre>
    </div>
  );
}

function Preview({ outcome }: { readonly outcome: Outcome | null }) {
  if (outcome === null)
    return (
      <p className="muted" role="status">
        Looking at every line…
      </p>
    );
  if (outcome.ok)
    return (
      <p className="decision__consequence" role="status">
        {outcome.lines === 0
          ? 'The file has no line after its header.'
          : `${formatCount(outcome.lines)} lines, nothing wrong with them. Their secrets are offered as one file, this once.`}
      </p>
    );
  return <LineProblems problems={outcome.problems} outcome="Nothing was issued." />;
}

interface ImportedProps {
  readonly issued: readonly IssuedCredential[];
  readonly onClose: () => void;
}

function Imported({ issued, onClose }: ImportedProps) {
  const [isSaved, setSaved] = useState(false);
  return (
    <ImportFrame title={`Issued: ${formatCount(issued.length)} credentials`} onClose={null}>
      <p className="issued__once" role="note">
        <b>The secrets are offered this once.</b> Save the file now, hand each holder their line, and delete
        it.
      </p>
      <div className="decision__foot">
        <div className="decision__buttons">
          <Button
            variant={isSaved ? 'default' : 'filled'}
            leftSection={<IconDownload size={16} />}
            onClick={() => {
              saveFile('milepost-secrets.csv', secretsCsv(issued));
              setSaved(true);
            }}
          >
            Save the secrets as CSV…
          </Button>
          <Button variant={isSaved ? 'filled' : 'default'} disabled={!isSaved} onClick={onClose}>
            I have kept them
          </Button>
        </div>
      </div>
    </ImportFrame>
  );
}
