import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { MoneyContractRow } from '../../../core/protocol/money-asks.ts';
import { ContractFacts, ContractVehicles, TermsVersions } from '../../money/contract-parts.tsx';
import { AmendDialog } from './amend-dialog.tsx';

/** A contract: its terms, version by version, and who drives under it. */
export function ContractSide({ row, today, onClose }: ContractSideProps) {
  const [isAmending, setAmending] = useState(false);
  return (
    <aside className="money-side" aria-label="Contract">
      <div className="money-side__head">
        <h2>{row.contract}</h2>
        <Button size="xs" variant="default" onClick={() => setAmending(true)}>
          Amend…
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label="Close the panel"
          title="Close the panel (Esc)"
          onClick={onClose}
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </div>
      <ContractFacts row={row} />
      <section aria-label="Terms">
        <h3>Terms, newest first</h3>
        <TermsVersions row={row} today={today} />
      </section>
      <section aria-label="Vehicles">
        <h3>Vehicles</h3>
        <ContractVehicles row={row} />
      </section>
      {isAmending && <AmendDialog row={row} today={today} onClose={() => setAmending(false)} />}
    </aside>
  );
}

interface ContractSideProps {
  readonly row: MoneyContractRow;
  readonly today: string;
  readonly onClose: () => void;
}
