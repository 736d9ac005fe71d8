import { Button, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { MoneyContractRow } from '../../../core/protocol/money-asks.ts';
import { useCore } from '../../link/core-context.tsx';
import { useAsk } from '../../link/use-ask.ts';
import { useLast } from '../../link/use-last.ts';
import { CountFoot, NotYet, RowButton } from '../../money/table-parts.tsx';
import { termsWords } from '../../money/terms-words.ts';
import { formatCounted, formatTenths } from '../../parts/formats.ts';
import { saveFile } from '../../parts/save-file.ts';
import { fullDay } from '../../parts/times.ts';
import { ContractSide } from './contract-side.tsx';
import { ContractsImportDialog } from './contracts-import-dialog.tsx';
import { NewContractDialog } from './new-contract-dialog.tsx';
import { contractsShown, termsNow } from '../../money/contract-words.ts';

const ASK_EVERY_MS = 5_000;

/** What is agreed with whom; a contract opens to its versions and vehicles. */
export function ContractsTab({ open, onOpen }: ContractsTabProps) {
  const { answer, problem } = useAsk('money.contracts', {}, ASK_EVERY_MS);
  const today = useAsk('money.now', {}, ASK_EVERY_MS).answer?.today ?? '';
  const contracts = useLast(answer);
  const chosen = contracts?.find(({ contract }) => contract === open);
  return (
    <div className={chosen === undefined ? 'money-split' : 'money-split money-split--open'}>
      <div className="money-page">
        <section className="money-card" aria-label="Contracts">
          {contracts === undefined ? (
            <NotYet problem={problem} />
          ) : (
            <ContractList contracts={contracts} today={today} problem={problem} open={open} onOpen={onOpen} />
          )}
        </section>
      </div>
      {chosen !== undefined && (
        <ContractSide key={chosen.contract} row={chosen} today={today} onClose={() => onOpen(null)} />
      )}
    </div>
  );
}

interface ContractsTabProps {
  readonly open: string | null;
  readonly onOpen: (contract: string | null) => void;
}

interface ContractListProps extends ContractsTabProps {
  readonly contracts: readonly MoneyContractRow[];
  readonly today: string;
  readonly problem: string | null;
}

function ContractList({ contracts, today, problem, open, onOpen }: ContractListProps) {
  const [search, setSearch] = useState('');
  const shown = contractsShown(contracts, search);
  return (
    <>
      <ContractsBar search={search} onSearch={setSearch} today={today} onOpen={onOpen} />
      {contracts.length === 0 && (
        <p className="muted">No contract yet. Enter one, or import many from a CSV file.</p>
      )}
      {contracts.length > 0 && shown.length === 0 && (
        <p className="muted">
          None of {formatCounted(contracts.length, 'contract')} has “{search.trim()}” in it. Clear the search
          to see all.
        </p>
      )}
      {shown.length > 0 && (
        <>
          <ContractTable contracts={shown} today={today} open={open} onOpen={onOpen} />
          <CountFoot shown={shown.length} matching={shown.length} noun="contract" problem={problem} />
        </>
      )}
    </>
  );
}

interface ContractsBarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly today: string;
  readonly onOpen: (contract: string) => void;
}

function ContractsBar({ search, onSearch, today, onOpen }: ContractsBarProps) {
  const { link } = useCore();
  const [dialog, setDialog] = useState<'new' | 'import' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const close = (): void => setDialog(null);
  const exportAll = async (): Promise<void> => {
    const answer = await link.ask('money.contracts-csv', {});
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) saveFile(answer.value.name, answer.value.csv);
  };
  return (
    <div className="money-bar">
      <h2>Contracts</h2>
      <TextInput
        size="xs"
        className="money-filter"
        aria-label="Search contracts"
        placeholder="Contract, operator, vehicle"
        leftSection={<IconSearch size={14} stroke={1.8} />}
        value={search}
        maxLength={64}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <div className="money-bar__end">
        {problem !== null && <span className="small">Not exported: {problem}.</span>}
        <Button size="xs" variant="default" onClick={() => setDialog('new')}>
          New contract…
        </Button>
        <Button size="xs" variant="default" onClick={() => setDialog('import')}>
          Import contracts…
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          onClick={() => void exportAll()}
        >
          Export as CSV…
        </Button>
      </div>
      {dialog === 'import' && <ContractsImportDialog onClose={close} />}
      {dialog === 'new' && (
        <NewContractDialog
          today={today}
          onClose={close}
          onDone={(contract) => {
            close();
            onOpen(contract);
          }}
        />
      )}
    </div>
  );
}

interface ContractTableProps extends ContractsTabProps {
  readonly contracts: readonly MoneyContractRow[];
  readonly today: string;
}

function ContractTable({ contracts, today, open, onOpen }: ContractTableProps) {
  return (
    <table className="data-table" aria-label="Contracts">
      <thead>
        <tr>
          <th scope="col">Contract</th>
          <th scope="col">Runs</th>
          <th scope="col">Terms today</th>
          <th scope="col" className="number">
            Vehicles
          </th>
          <th scope="col" className="number">
            Distance so far
          </th>
        </tr>
      </thead>
      <tbody>
        {contracts.map((row) => (
          <tr key={row.contract} className={row.contract === open ? 'is-selected' : undefined}>
            <td>
              <RowButton isOpen={row.contract === open} onOpen={() => onOpen(row.contract)}>
                {row.contract}
              </RowButton>
              <span className="money-more">{row.operatorName}</span>
            </td>
            <td>
              from {fullDay(row.start)}
              <span className="money-more">
                {row.end === null ? 'without an end' : `until ${fullDay(row.end)}, not included`}
              </span>
            </td>
            <td>
              {termsWords(termsNow(row, today), row.unit).map((sentence) => (
                <div key={sentence}>{sentence}</div>
              ))}
            </td>
            <td className="number">{row.vehicles.length}</td>
            <td className="number">{formatTenths(row.tenths, row.unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
