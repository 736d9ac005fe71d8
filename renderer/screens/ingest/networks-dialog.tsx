import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Problems, useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { networksConsequence, readNetworkLines } from './networks-words.ts';

/** The networks of a group, one a line; null makes a new group. */
export function NetworksDialog({ group, networks, taken, onClose }: NetworksDialogProps) {
  const decide = useDecide();
  const [name, setName] = useState(group ?? '');
  const [text, setText] = useState(networks.join('\n'));
  const read = readNetworkLines(text);
  const check = (): Problems => ({
    ...(name.trim() === '' ? { group: 'give the group a name' } : {}),
    ...(group === null && taken.includes(name.trim()) ? { group: 'there is such a group; edit it' } : {}),
    ...(read.ok ? {} : { networks: read.problem }),
  });
  return (
    <DecisionDialog
      title={group === null ? 'New group of networks' : `Networks of ${group}`}
      confirm="Allow these networks"
      fields={['group', 'networks']}
      check={check}
      send={(reason) =>
        decide({
          decision: 'allow-networks',
          reason,
          group: name.trim(),
          networks: read.ok ? read.networks : [],
        })
      }
      onDone={onClose}
      onClose={onClose}
      consequence={
        read.ok && name.trim() !== '' ? (
          networksConsequence(name.trim(), read.networks)
        ) : (
          <span className="muted">Give a name and networks to see what this does.</span>
        )
      }
    >
      {(problemOf) => (
        <>
          {group === null && (
            <TextInput
              label="Group"
              data-autofocus
              required
              maxLength={64}
              value={name}
              error={problemOf('group')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <Textarea
            className="networks__problem"
            classNames={{ input: 'mono' }}
            label="Networks"
            description="In CIDR notation, one a line, such as 10.20.0.0/16 or fd00::/8. They replace the list."
            data-autofocus={group !== null}
            autosize
            minRows={4}
            maxRows={12}
            value={text}
            error={problemOf('networks')}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </>
      )}
    </DecisionDialog>
  );
}

interface NetworksDialogProps {
  readonly group: string | null;
  readonly networks: readonly string[];
  readonly taken: readonly string[];
  readonly onClose: () => void;
}
