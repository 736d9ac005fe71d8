/** What an expectation can measure, and what each figure is. */
export const metricMeanings = {
  'billing.absErrorMiles':
    'miles by which the billed distance of a vehicle is off its driven one; the largest',
  'billing.unexplained': 'vehicle days whose billed distance is outside its bounds without a cause',
  'billing.outOfBounds': 'vehicle days whose billed distance is outside its bounds, whatever the cause',
  'billing.boundaryDifferences':
    'vehicles whose total is not exactly the tenths between the opening and the last text',
  'billing.tenths': 'tenths billed',
  'billing.zeroMilesCharged': 'vehicles that did not move and are charged for distance',
  'cleanRun.differences': 'vehicle days that are billed otherwise than without the faults',
  'ingest.lost': 'packets sent and never acknowledged',
  'ingest.unaccounted': 'packets, and readings, by which the counts of the product do not close',
  'ingest.refused': 'packets refused by the decoders',
  'ingest.duplicate': 'packets known as duplicates',
  'ingest.lagSeconds': 'longest time from a packet being due to its acknowledgement',
  'readings.accepted': 'odometer readings that count',
  'readings.quarantined': 'odometer readings that were put aside',
  'documents.count': 'documents issued',
  'documents.invoices': 'invoices issued',
  'documents.corrections': 'supplementary invoices and credit notes issued',
  'documents.netPence': 'sum of all documents, net',
  'documents.unbalanced': 'documents whose lines do not add up to their net',
  'documents.provisional': 'documents that carry a provisional mark',
  'documents.milesDifference':
    'tenths by which the documents of closed periods differ from what is billed for their days',
  'book.faults': 'broken invariants of the book',
  'journal.differences': 'differences that milepost verify finds',
  'run.restarts': 'restarts of the product during the run',
} as const;

export type MetricName = keyof typeof metricMeanings;
export const metricNames = Object.keys(metricMeanings) as readonly MetricName[];

/** `readings.quarantined.rollback`: one reason of several. */
export const QUARANTINE_PREFIX = 'readings.quarantined.';

export function isMetric(name: string): boolean {
  return (
    (metricNames as readonly string[]).includes(name) ||
    (name.startsWith(QUARANTINE_PREFIX) && name.length > QUARANTINE_PREFIX.length)
  );
}
