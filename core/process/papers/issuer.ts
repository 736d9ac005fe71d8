/** Whose paper it is: printed at the top of the first page, and who is to be paid. */
export interface Issuer {
  readonly name: string;
  readonly addressLines: readonly string[];
  /** Null for a firm that is not registered for VAT. */
  readonly vatNumber: string | null;
  /** How to pay, line by line: bank, account, what to quote. */
  readonly paymentLines: readonly string[];
}
