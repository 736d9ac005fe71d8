/**
 * The chart of accounts of a facility's book. Balances are debit-positive; those marked `credit` normally stand below
 * zero. `per` says what a sub-account is kept for, as in `1100:north`.
 */
export interface AccountFacts {
  readonly name: string;
  readonly normal: 'debit' | 'credit';
  readonly per: 'operator' | 'contract' | 'vehicle' | 'investor' | null;
}

export const CHART = {
  '1000': { name: 'Cash, collections', normal: 'debit', per: null },
  '1010': { name: 'Cash, deposits held apart', normal: 'debit', per: null },
  '1100': { name: 'Receivable', normal: 'debit', per: 'operator' },
  '1110': { name: 'Accrued income', normal: 'debit', per: 'contract' },
  '1190': { name: 'Loss allowance', normal: 'credit', per: 'operator' },
  '1200': { name: 'Vehicle cost', normal: 'debit', per: 'vehicle' },
  '1290': { name: 'Accumulated depreciation', normal: 'credit', per: 'vehicle' },
  '1300': { name: 'Insurance claim', normal: 'debit', per: 'vehicle' },
  '2000': { name: 'Deposits owed', normal: 'credit', per: 'operator' },
  '2100': { name: 'VAT due', normal: 'credit', per: null },
  '2200': { name: 'Servicing fee due', normal: 'credit', per: null },
  '2300': { name: 'Distribution due', normal: 'credit', per: 'investor' },
  '2400': { name: 'Unallocated receipts', normal: 'credit', per: null },
  '3000': { name: 'Capital', normal: 'credit', per: 'investor' },
  '3100': { name: 'Distributions', normal: 'debit', per: 'investor' },
  '4000': { name: 'Mileage income', normal: 'credit', per: null },
  '4010': { name: 'Minimum and standing income', normal: 'credit', per: null },
  '4020': { name: 'Late fees', normal: 'credit', per: null },
  '4030': { name: 'Recoveries', normal: 'credit', per: null },
  '5000': { name: 'Depreciation', normal: 'debit', per: null },
  '5100': { name: 'Credit loss', normal: 'debit', per: null },
  '5200': { name: 'Servicing fee', normal: 'debit', per: null },
  '5300': { name: 'Loss on vehicles', normal: 'debit', per: null },
  '5310': { name: 'Residual value change', normal: 'debit', per: null },
} as const satisfies Readonly<Record<string, AccountFacts>>;
export type AccountCode = keyof typeof CHART;

/** The account of a code, and for a kind kept apart of whom or what. */
export function accountOf(code: AccountCode, of?: string): string {
  return of === undefined ? code : `${code}:${of}`;
}

/** The facts of an account by its name in the book; null for a name that the chart does not know, or lacks its owner. */
export function accountFacts(account: string): AccountFacts | null {
  const [code = '', ...owner] = account.split(':');
  if (!isAccountCode(code)) return null;
  const facts = CHART[code];
  return (facts.per === null) === (owner.length === 0) ? facts : null;
}

function isAccountCode(text: string): text is AccountCode {
  return Object.hasOwn(CHART, text);
}
