/** Why a decision cannot be taken: which of its fields is wrong, and what would be right. */
export interface DecisionProblem {
  readonly field: string;
  readonly problem: string;
}

export function problem(field: string, words: string): DecisionProblem {
  return { field, problem: words };
}
