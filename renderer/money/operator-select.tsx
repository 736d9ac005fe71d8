import { Select } from '@mantine/core';
import { useAsk } from '../link/use-ask.ts';

/** Narrows a list to one operator; null for all of them. */
export function OperatorSelect({ operator, onOperator }: OperatorSelectProps) {
  const { answer } = useAsk('money.operators', {}, null);
  return (
    <Select
      size="xs"
      className="money-filter"
      aria-label="Operator"
      placeholder="All operators"
      searchable
      clearable
      data={(answer ?? []).map(({ operator: value, name }) => ({ value, label: name }))}
      value={operator}
      onChange={onOperator}
    />
  );
}

interface OperatorSelectProps {
  readonly operator: string | null;
  readonly onOperator: (operator: string | null) => void;
}
