import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { formatCount } from '../../parts/formats.ts';
import { utcInstant, zonedInstant } from '../../parts/times.ts';
import type { MappingFileShown } from './mapping-drafts.ts';

/** The files, with what the core makes of each; the one that is open is marked. */
export function MappingFiles({ files, chosen, isKnown, problem, onChoose, onNew }: MappingFilesProps) {
  return (
    <section className="ingest-card mapping__files" aria-label="Mapping files">
      <div className="ingest-card__head">
        <h2>Mapping files</h2>
        <ActionIcon variant="default" size={28} aria-label="New file" title="New file" onClick={onNew}>
          <IconPlus size={16} />
        </ActionIcon>
      </div>
      {!isKnown && <p className="muted small">{problem === null ? 'Asking…' : `Not known: ${problem}.`}</p>}
      {isKnown && files.length === 0 && <p className="muted small">None yet.</p>}
      <ul className="mapping__list">
        {files.map((file) => (
          <li key={file.key}>
            <button
              type="button"
              className="mapping__file"
              aria-current={file.key === chosen}
              onClick={() => onChoose(file.key)}
            >
              <b>{file.name}</b>
              <span className="mapping__standing">{standingOf(file)}</span>
              {file.row !== null && (
                <span className="cell__more muted" title={utcInstant(file.row.switchedAtMs)}>
                  {formatCount(file.row.packets)} packets
                  <br />
                  {file.row.isOn ? 'on' : 'off'} since{' '}
                  {zonedInstant(file.row.switchedAtMs, 'UTC').slice(0, -3)} UTC
                  <br />
                  by {file.row.switchedBy}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {isKnown && problem !== null && <p className="muted small">Last known: {problem}.</p>}
    </section>
  );
}

interface MappingFilesProps {
  readonly files: readonly MappingFileShown[];
  readonly chosen: string | null;
  /** False until the core has said which files there are. */
  readonly isKnown: boolean;
  readonly problem: string | null;
  readonly onChoose: (key: string) => void;
  readonly onNew: () => void;
}

function standingOf({ row, isChanged }: MappingFileShown): string {
  if (row === null) return 'draft';
  const standing = row.isOn ? 'on' : 'off';
  return isChanged ? `${standing}, text changed` : standing;
}
