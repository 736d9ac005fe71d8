import type { FinalDocument } from '../../core/protocol/document.ts';
import type { Counts } from '../../core/protocol/report.ts';
import type { Endpoints } from '../run/publisher.ts';
import type { BilledDay } from '../truth/verify-truth.ts';

/** The product under test, however it runs: a program of its own, one somebody else started, or a core in a test. */
export interface ScenarioProduct {
  /** Where it is now; another place after a restart. */
  readonly endpoints: () => Endpoints;
  /** Ends it without a warning and starts it again on the same data; null when it is not ours to end. */
  readonly restart: (() => Promise<void>) | null;
  /** Ends it well, when it is ours, and reads what it made of the run. */
  readonly finish: () => Promise<ProductFigures>;
  /** Ends it, when it is ours and still there: the run came to nothing. */
  readonly abandon: () => Promise<void>;
}

/** What a product made of a run, as its own verbs say it. */
export interface ProductFigures {
  readonly tenths: readonly BilledDay[];
  readonly documents: readonly DocumentFigures[];
  /** Null when the product goes on running and counts for others too. */
  readonly counts: Counts | null;
  /** Differences that `milepost verify` finds in the journal; null when nobody could look. */
  readonly journalDifferences: number | null;
  /** Broken invariants of its book, in its own words. */
  readonly bookFaults: readonly string[];
}

/** A document, as `milepost export documents` writes it. */
export type DocumentFigures = Pick<
  FinalDocument,
  'number' | 'kind' | 'contract' | 'rated' | 'tenths' | 'netPence'
>;
