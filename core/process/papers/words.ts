import type { DocumentKind, FinalDocument, LineKind, VehicleUsage } from '../../protocol/document.ts';

/** The words a paper uses for what the product names by code. */
export const documentTitles: Readonly<Record<DocumentKind, string>> = {
  invoice: 'Invoice',
  supplementary: 'Supplementary invoice',
  credit_note: 'Credit note',
};

export const lineWords: Readonly<Record<LineKind, string>> = {
  standing: 'Standing charge',
  miles: 'Distance',
  uncharged_over_cap: 'Distance that is not charged',
  cap_adjustment: 'Reduction to the maximum charge',
  min_miles_shortfall: 'Shortfall to the minimum distance',
  min_charge_topup: 'Top-up to the minimum charge',
};

export function unitWord({ unit }: Pick<FinalDocument, 'unit'>): string {
  return unit === 'mi' ? 'mile' : 'kilometre';
}

/** What a reader has to know about a vehicle's distance; empty for most. */
export function usageMarks({ isProvisional, isUnauthenticated }: VehicleUsage): string {
  return [
    ...(isProvisional ? ['Provisional'] : []),
    ...(isUnauthenticated ? ['Unauthenticated transport'] : []),
  ].join('\n');
}
