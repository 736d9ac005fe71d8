import { Autocomplete, Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../link/use-ask.ts';
import { useDecide } from '../../link/use-decide.ts';
import { DecisionDialog } from '../../parts/decision-dialog.tsx';
import { formatPence } from '../../parts/formats.ts';
import { emptyLine, type EntryDraft, type EntryLine, entryOf, imbalance } from './entry-draft.ts';

/** A set written by hand; it takes two people. */
export function EntryDialog({ onClose }: { readonly onClose: () => void }) {
  const decide = useDecide();
  const today = useAsk('money.now', {}, null).answer?.today ?? '';
  const [valueDay, setValueDay] = useState<string | null>(null);
  const [corrects, setCorrects] = useState('');
  const [lines, setLines] = useState<readonly EntryLine[]>([emptyLine, emptyLine]);
  const draft: EntryDraft = { valueDay: valueDay ?? today, corrects, lines };
  const entry = entryOf(draft);
  return (
    <DecisionDialog
      title="Post by hand"
      confirm="Post the set"
      size="min(820px, 94vw)"
      fields={['valueDay', 'corrects', ...lineFields(lines)]}
      check={() => (entry.ok ? {} : entry.error)}
      send={(reason) => decide({ decision: 'post-entry', reason, ...(entry.ok ? entry.value : {}) })}
      onDone={onClose}
      onClose={onClose}
      consequence={<Balance lines={lines} />}
    >
      {(problemOf) => (
        <>
          <div className="decision__row">
            <TextInput
              label="Value day"
              required
              data-autofocus
              placeholder="2026-03-31"
              value={draft.valueDay}
              error={problemOf('valueDay')}
              onChange={(event) => setValueDay(event.currentTarget.value)}
            />
            <TextInput
              label="Corrects the set"
              placeholder="none"
              value={corrects}
              error={problemOf('corrects')}
              onChange={(event) => setCorrects(event.currentTarget.value)}
            />
          </div>
          <EntryLines lines={lines} onLines={setLines} problemOf={problemOf} />
        </>
      )}
    </DecisionDialog>
  );
}

function lineFields(lines: readonly EntryLine[]): readonly string[] {
  return lines.flatMap((_, i) => [`entries.${i}.account`, `entries.${i}.pence`]);
}

function Balance({ lines }: { readonly lines: readonly EntryLine[] }) {
  const off = imbalance(lines);
  return (
    <>
      <p>
        Debits less credits: <b>{formatPence(off)}</b>
        {off === 0 ? '.' : '; it can be posted when they come to £0.00.'}
      </p>
      <p className="muted">A second person has to approve it before it does anything.</p>
    </>
  );
}

interface EntryLinesProps {
  readonly lines: readonly EntryLine[];
  readonly onLines: (lines: readonly EntryLine[]) => void;
  readonly problemOf: (field: string) => string | undefined;
}

function EntryLines({ lines, onLines, problemOf }: EntryLinesProps) {
  const accounts = useAsk('money.balances', { asOfMs: null }, null).answer?.balances ?? [];
  const known = accounts.map(({ account }) => account);
  const change = (index: number, part: Partial<EntryLine>): void =>
    onLines(lines.map((line, i) => (i === index ? { ...line, ...part } : line)));
  return (
    <div className="entry-lines">
      {lines.map((line, i) => (
        <div key={i} className="entry-line">
          <Autocomplete
            label={`Account ${i + 1}`}
            placeholder="1000 or 1200:V1"
            data={known}
            limit={20}
            maxLength={80}
            value={line.account}
            error={problemOf(`entries.${i}.account`)}
            onChange={(account) => change(i, { account })}
          />
          <TextInput
            label="Debit"
            placeholder="£0.00"
            inputMode="decimal"
            value={line.debit}
            error={problemOf(`entries.${i}.pence`)}
            onChange={(event) => change(i, { debit: event.currentTarget.value })}
          />
          <TextInput
            label="Credit"
            placeholder="£0.00"
            inputMode="decimal"
            value={line.credit}
            onChange={(event) => change(i, { credit: event.currentTarget.value })}
          />
          <Button
            variant="default"
            disabled={lines.length <= 2}
            aria-label={`Remove line ${i + 1}`}
            onClick={() => onLines(lines.filter((_, at) => at !== i))}
          >
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button size="xs" variant="default" onClick={() => onLines([...lines, emptyLine])}>
          Add a line
        </Button>
      </div>
    </div>
  );
}
