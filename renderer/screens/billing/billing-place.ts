/** Where one is on the billing screen; kept while another screen is shown. */
export interface BillingPlace {
  readonly tab: BillingTab;
  readonly period: PeriodName | null;
  readonly document: string | null;
  readonly contract: string | null;
}

export interface PeriodName {
  readonly contract: string;
  readonly period: number;
}

export const billingTabs = [
  ['periods', 'Periods'],
  ['documents', 'Documents'],
  ['receipts', 'Receipts'],
  ['dunning', 'Dunning'],
  ['contracts', 'Contracts'],
] as const;
export type BillingTab = (typeof billingTabs)[number][0];

export const billingStart: BillingPlace = { tab: 'periods', period: null, document: null, contract: null };

/** One step back: what is open of the tab is closed. */
export function closeOpen(place: BillingPlace): BillingPlace {
  return { ...billingStart, tab: place.tab };
}
