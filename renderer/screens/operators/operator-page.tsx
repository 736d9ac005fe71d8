import { Button, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { OperatorRow } from '../../../core/protocol/money-asks.ts';
import { useAsk } from '../../link/use-ask.ts';
import { DocumentPage } from '../../money/document-page.tsx';
import { SplitBand } from '../../money/split-band.tsx';
import { NotYet } from '../../money/table-parts.tsx';
import { formatCounted, formatPence } from '../../parts/formats.ts';
import { OperatorAccount } from './operator-account.tsx';
import { OperatorContracts } from './operator-contracts.tsx';
import { OperatorDocuments } from './operator-documents.tsx';

const ASK_EVERY_MS = 5_000;

const tabs = [
  ['account', 'Account'],
  ['documents', 'Documents'],
  ['fleet', 'Fleet'],
  ['terms', 'Terms'],
] as const;

/** One operator: what it owes, its documents, vehicles and terms. */
export function OperatorPage({ row, onBack }: OperatorPageProps) {
  const now = useAsk('money.now', {}, ASK_EVERY_MS);
  const [document, setDocument] = useState<string | null>(null);
  if (document !== null) return <DocumentPage number={document} onBack={() => setDocument(null)} />;
  return (
    <div className="money-page">
      <OperatorHead row={row} onBack={onBack} />
      {now.answer === undefined ? (
        <NotYet problem={now.problem} />
      ) : (
        <>
          <SplitBand money={row.money} asOfMs={now.answer.asOfMs} />
          <OperatorTabs row={row} today={now.answer.today} onDocument={setDocument} />
        </>
      )}
    </div>
  );
}

interface OperatorPageProps {
  readonly row: OperatorRow;
  readonly onBack: () => void;
}

function OperatorHead({ row, onBack }: OperatorPageProps) {
  return (
    <div className="money-bar">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconArrowLeft size={14} />}
        title="Back (Esc)"
        onClick={onBack}
      >
        All operators
      </Button>
      <h2 className="operator__name">{row.name}</h2>
      <span>
        owes {formatPence(row.balancePence)}, {formatPence(row.overduePence)} of it overdue
        {row.daysPastDue > 0 && `, the oldest for ${formatCounted(row.daysPastDue, 'day')}`}
      </span>
      <span className="muted">Deposit held apart: {formatPence(row.depositPence)}</span>
    </div>
  );
}

interface OperatorTabsProps {
  readonly row: OperatorRow;
  readonly today: string;
  readonly onDocument: (number: string) => void;
}

function OperatorTabs({ row, today, onDocument }: OperatorTabsProps) {
  return (
    <Tabs
      className="operator__tabs"
      classNames={{ list: 'money-tabs', tab: 'money-tab', panel: 'operator__panel' }}
      defaultValue="account"
      keepMounted={false}
    >
      <Tabs.List aria-label={row.name}>
        {tabs.map(([name, words]) => (
          <Tabs.Tab key={name} value={name}>
            {words}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="account">
        <OperatorAccount operator={row.operator} name={row.name} today={today} />
      </Tabs.Panel>
      <Tabs.Panel value="documents">
        <OperatorDocuments operator={row.operator} onDocument={onDocument} />
      </Tabs.Panel>
      <Tabs.Panel value="fleet">
        <OperatorContracts operator={row.operator} today={today} show="fleet" />
      </Tabs.Panel>
      <Tabs.Panel value="terms">
        <OperatorContracts operator={row.operator} today={today} show="terms" />
      </Tabs.Panel>
    </Tabs>
  );
}
