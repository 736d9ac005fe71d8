import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import template from '../../../resources/mappings/acme-tracker.yaml?raw';
import { useAsk } from '../../link/use-ask.ts';
import { filesShown, newDraftKey, withDraft, withoutDraft } from './mapping-drafts.ts';
import { MappingFiles } from './mapping-files.tsx';
import { useDrafts } from './mapping-kept.ts';
import { NOTHING_TRIED } from './mapping-try.tsx';
import { MappingWork } from './mapping-work.tsx';
import './mapping.css';

const ASK_EVERY_MS = 2_000;

/** The feeds that mapping files describe: which are on, and a bench to write and try one at. */
export function MappingTab() {
  const { answer, problem } = useAsk('mapping.list', {}, ASK_EVERY_MS);
  const [drafts, changeDrafts] = useDrafts();
  const [chosen, setChosen] = useState<string | null>(null);
  const [tried, setTried] = useState(NOTHING_TRIED);
  // Texts thrown away are opened anew.
  const [opened, setOpened] = useState(0);
  const files = filesShown(answer ?? [], drafts);
  const file = files.find(({ key }) => key === chosen) ?? files[0];
  const add = (): void => {
    const key = newDraftKey(drafts);
    changeDrafts((before) => withDraft(before, key, template));
    setChosen(key);
  };
  const putAway = (key: string): void => {
    changeDrafts((before) => withoutDraft(before, key));
    setOpened((before) => before + 1);
  };
  return (
    <div className="mapping">
      <MappingFiles
        files={files}
        chosen={file?.key ?? null}
        isKnown={answer !== undefined}
        problem={problem}
        onChoose={setChosen}
        onNew={add}
      />
      {file === undefined ? (
        answer !== undefined && <NoFile onNew={add} />
      ) : (
        <MappingWork
          key={`${file.key} ${opened}`}
          file={file}
          rows={answer ?? []}
          tried={tried}
          onTry={setTried}
          onText={(yaml) => changeDrafts((before) => withDraft(before, file.key, yaml))}
          onPutAway={() => putAway(file.key)}
          onSwitchedOn={(name) => {
            changeDrafts((before) => withoutDraft(before, file.key));
            setChosen(name);
          }}
        />
      )}
    </div>
  );
}

function NoFile({ onNew }: { readonly onNew: () => void }) {
  return (
    <section className="ingest-card mapping__nothing">
      <h2>A tracker nobody has heard of?</h2>
      <p>
        A mapping file says where the odometer, the time and the position are in a vendor’s messages. Nothing
        has to be built or released: write one, try it on a packet that came, and switch it on.
      </p>
      <p className="muted">It begins as a commented example. Until it is switched on it changes nothing.</p>
      <Button leftSection={<IconPlus size={16} />} onClick={onNew}>
        New file
      </Button>
    </section>
  );
}
