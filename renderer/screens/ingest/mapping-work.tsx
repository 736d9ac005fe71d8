import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { MappingProblemRow, MappingRow } from '../../../core/protocol/door-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { formatCount } from '../../parts/formats.ts';
import type { MappingFileShown } from './mapping-drafts.ts';
import { type EditorHandle, MappingEditor } from './mapping-editor.tsx';
import { SwitchOffDialog, SwitchOnDialog } from './mapping-switch-dialog.tsx';
import { MappingTry, type Tried } from './mapping-try.tsx';

/** How long a text has to rest before it is checked. */
const REST_MS = 250;
/** What the core takes. */
const CHARACTERS_MAX = 65_536;
const NO_PROBLEMS: readonly MappingProblemRow[] = [];

/** One file at the bench: its text, what is wrong with it, what it makes of a packet, and the switch. */
export function MappingWork(props: MappingWorkProps) {
  const { file, rows, tried, onTry, onText, onPutAway, onSwitchedOn } = props;
  const [rested] = useDebouncedValue(file.yaml, REST_MS);
  const isTooLong = rested.length > CHARACTERS_MAX;
  const checked = useLast(useAsk('mapping.check', { yaml: isTooLong ? '' : rested }, null).answer);
  const problems = isTooLong ? TOO_LONG : (checked?.problems ?? NO_PROBLEMS);
  const editor = useRef<EditorHandle>(null);
  const [dialog, setDialog] = useState<'on' | 'off' | null>(null);
  const name = checked?.name ?? null;
  const close = (): void => setDialog(null);
  return (
    <>
      <section className="ingest-card mapping__text" aria-label={`Text of ${file.name}`}>
        <div className="ingest-card__head mapping__head">
          <h2>{file.name}</h2>
          <Button size="xs" variant="default" disabled={!file.isChanged} onClick={onPutAway}>
            {file.row === null ? 'Throw away' : 'Undo changes'}
          </Button>
          {file.row?.isOn === true && (
            <Button size="xs" variant="default" onClick={() => setDialog('off')}>
              Switch off…
            </Button>
          )}
          {(file.isChanged || file.row?.isOn !== true) && (
            <Button
              size="xs"
              disabled={name === null || rested !== file.yaml}
              onClick={() => setDialog('on')}
            >
              {file.row?.isOn === true ? 'Switch this text on…' : 'Switch on…'}
            </Button>
          )}
        </div>
        <MappingEditor
          handle={editor}
          label="Mapping file"
          initial={file.yaml}
          problems={problems}
          onChange={onText}
        />
        <Problems
          isKnown={checked !== undefined}
          problems={problems}
          onGo={(row) => editor.current?.goTo(row)}
        />
      </section>
      <MappingTry yaml={rested} problems={problems.length} tried={tried} onTry={onTry} />
      {dialog === 'on' && name !== null && (
        <SwitchOnDialog
          name={name}
          topics={checked?.topics ?? []}
          yaml={file.yaml}
          inForce={rows.find((row) => row.name === name) ?? null}
          onDone={() => onSwitchedOn(name)}
          onClose={close}
        />
      )}
      {dialog === 'off' && file.row !== null && <SwitchOffDialog row={file.row} onClose={close} />}
    </>
  );
}

interface MappingWorkProps {
  readonly file: MappingFileShown;
  readonly rows: readonly MappingRow[];
  readonly tried: Tried;
  readonly onTry: (tried: Tried) => void;
  readonly onText: (yaml: string) => void;
  readonly onPutAway: () => void;
  /** The core has the text under that name. */
  readonly onSwitchedOn: (name: string) => void;
}

const TOO_LONG: readonly MappingProblemRow[] = [
  {
    line: 1,
    column: 1,
    path: '',
    message: `a mapping file has at most ${formatCount(CHARACTERS_MAX)} characters`,
  },
];

interface ProblemsProps {
  readonly isKnown: boolean;
  readonly problems: readonly MappingProblemRow[];
  readonly onGo: (problem: MappingProblemRow) => void;
}

/** Every problem with its place; a press goes there. */
function Problems({ isKnown, problems, onGo }: ProblemsProps) {
  if (problems.length === 0)
    return (
      <p className="muted small" role="status">
        {isKnown ? 'Nothing wrong with it.' : 'Checking…'}
      </p>
    );
  return (
    <ul className="mapping__problems" aria-label="Problems">
      {problems.map((problem) => (
        <li key={`${problem.line} ${problem.column} ${problem.path} ${problem.message}`}>
          <button type="button" className="mapping__problem" onClick={() => onGo(problem)}>
            <span className="mono mapping__place">
              {problem.line}:{problem.column}
            </span>
            <span>
              {problem.path !== '' && <span className="mono muted">{problem.path} </span>}
              {problem.message}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
