import { useAsk } from '../../link/use-ask.ts';
import { ContractFacts, ContractVehicles, TermsVersions } from '../../money/contract-parts.tsx';
import { NotYet } from '../../money/table-parts.tsx';

const ASK_EVERY_MS = 5_000;

/** The contracts of one operator, by the vehicles under them or by their terms. */
export function OperatorContracts({ operator, today, show }: OperatorContractsProps) {
  const { answer, problem } = useAsk('money.contracts', {}, ASK_EVERY_MS);
  if (answer === undefined) return <NotYet problem={problem} />;
  const contracts = answer.filter((row) => row.operator === operator);
  if (contracts.length === 0) return <p className="muted">No contract is agreed with it.</p>;
  return contracts.map((row) => (
    <section key={row.contract} className="money-card money-part" aria-label={row.contract}>
      <h2 className="operator__contract">{row.contract}</h2>
      {show === 'fleet' ? (
        <ContractVehicles row={row} />
      ) : (
        <>
          <ContractFacts row={row} />
          <TermsVersions row={row} today={today} />
        </>
      )}
    </section>
  ));
}

interface OperatorContractsProps {
  readonly operator: string;
  readonly today: string;
  readonly show: 'fleet' | 'terms';
}
