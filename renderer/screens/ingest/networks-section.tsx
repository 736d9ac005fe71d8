import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../link/use-ask.ts';
import { NetworksDialog } from './networks-dialog.tsx';

const ASK_EVERY_MS = 3_000;
const DEFAULT_GROUP = 'default';

interface Group {
  readonly group: string;
  readonly networks: readonly string[];
}

/** From where raw trackers are served: an IMEI is only a name, so the network has to vouch for it. */
export function NetworksSection() {
  const { answer } = useAsk('network.list', {}, ASK_EVERY_MS);
  const [edited, setEdited] = useState<Group | 'new' | null>(null);
  const decided = answer ?? [];
  const hasDefault = decided.some(({ group }) => group === DEFAULT_GROUP);
  return (
    <section className="ingest-card" aria-label="Networks">
      <div className="ingest-card__head devices__head">
        <h2>Networks of raw trackers</h2>
        <span className="muted small">
          A tracker over plain TCP or UDP is served from its group’s networks only.
        </span>
        <Button
          className="networks__new"
          size="xs"
          variant="default"
          onClick={() => setEdited('new')}
          ml="auto"
        >
          New group…
        </Button>
      </div>
      <table className="data-table" aria-label="Networks">
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Networks</th>
            <th scope="col">
              <span className="screen-reader-only">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {!hasDefault && (
            <GroupRow
              group={{ group: DEFAULT_GROUP, networks: [] }}
              words="this machine only, until somebody decides"
              onEdit={setEdited}
            />
          )}
          {decided.map((group) => (
            <GroupRow
              key={group.group}
              group={group}
              words={group.networks.length === 0 ? 'none: nobody is served' : null}
              onEdit={setEdited}
            />
          ))}
        </tbody>
      </table>
      {edited !== null && (
        <NetworksDialog
          group={edited === 'new' ? null : edited.group}
          networks={edited === 'new' ? [] : edited.networks}
          taken={decided.map(({ group }) => group)}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

interface GroupRowProps {
  readonly group: Group;
  /** Instead of the networks. */
  readonly words: string | null;
  readonly onEdit: (group: Group) => void;
}

function GroupRow({ group, words, onEdit }: GroupRowProps) {
  return (
    <tr>
      <td>{group.group}</td>
      <td className={words === null ? 'mono cell__any' : 'muted'}>{words ?? group.networks.join(', ')}</td>
      <td className="devices__acts">
        <Button
          size="xs"
          variant="default"
          aria-label={`Edit the networks of ${group.group}…`}
          onClick={() => onEdit(group)}
        >
          Edit…
        </Button>
      </td>
    </tr>
  );
}
