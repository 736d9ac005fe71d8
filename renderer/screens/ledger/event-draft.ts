import { fail, ok, type Result } from '../../../core/base/result.ts';
import { type LedgerEvent, ledgerEventSchema } from '../../../core/protocol/ledger-event.ts';
import type { Problems } from '../../link/use-decide.ts';
import { DAY_PROBLEM, parseDay } from '../../money/day-fields.ts';
import { parsePositivePounds, parsePounds } from '../../money/typed-money.ts';

/** What a person may tell the book of: its words, whom it is about, which amount, and what it moves. */
export interface EventKind {
  readonly event: LedgerEvent['event'];
  readonly words: string;
  readonly party: 'investor' | 'operator' | 'vehicle' | null;
  readonly amount: 'pence' | 'levelPence' | 'claimPence';
  readonly amountWords: string;
  readonly moves: string;
}

export const eventKinds: readonly EventKind[] = [
  kind(
    'capital-call-paid',
    'Capital call paid',
    'investor',
    'Paid in',
    'Cash grows, and so does the investor’s capital.',
  ),
  kind('vehicle-bought', 'Vehicle bought', 'vehicle', 'Price', 'Cash becomes vehicle cost.'),
  kind(
    'deposit-received',
    'Deposit received',
    'operator',
    'Deposit',
    'It is held apart, and owed to the operator.',
  ),
  kind('servicing-fee-paid', 'Servicing fee paid', null, 'Paid', 'Cash pays the fee that is due.'),
  kind('distribution-paid', 'Distribution paid', 'investor', 'Paid out', 'Cash goes to the investor.'),
  {
    ...kind(
      'allowance-set',
      'Loss allowance set',
      'operator',
      'New level',
      'The allowance is moved to this level; the difference is a credit loss, or lessens one.',
    ),
    amount: 'levelPence',
  },
  kind(
    'deposit-applied',
    'Deposit applied',
    'operator',
    'Applied',
    'The deposit pays the operator’s oldest open documents.',
  ),
  kind('recovered', 'Recovered after a write-off', 'operator', 'Recovered', 'Cash grows, as a recovery.'),
  {
    ...kind(
      'total-loss',
      'Total loss confirmed',
      'vehicle',
      'Agreed claim',
      'The vehicle leaves the book; the insurer owes the claim, and the rest is a loss.',
    ),
    amount: 'claimPence',
  },
  kind('insurer-paid', 'Insurer paid', 'vehicle', 'Paid', 'Cash settles the claim.'),
  kind(
    'vehicle-sold',
    'Vehicle sold',
    'vehicle',
    'Price',
    'The vehicle leaves the book; what it fetched above or below its value is a gain or a loss.',
  ),
];

function kind(
  event: LedgerEvent['event'],
  words: string,
  party: EventKind['party'],
  amountWords: string,
  moves: string,
): EventKind {
  return { event, words, party, amount: 'pence', amountWords, moves };
}

export interface EventDraft {
  readonly valueDay: string;
  readonly reference: string;
  readonly party: string;
  readonly pounds: string;
}

/** The event as it is posted, or what is wrong with it by its field; the amount's field is `amount`. */
export function eventOf(of: EventKind, draft: EventDraft): Result<LedgerEvent, Problems> {
  const amount = of.amount === 'pence' ? parsePositivePounds(draft.pounds) : parseLevel(draft.pounds);
  const valueDay = parseDay(draft.valueDay);
  const party = draft.party.trim();
  const problems: Problems = {
    ...(valueDay === null ? { valueDay: DAY_PROBLEM } : {}),
    ...(draft.reference.trim() === '' ? { reference: 'give the paper or the bank line it stands on' } : {}),
    ...(of.party !== null && party === '' ? { party: `say which ${of.party}` } : {}),
    ...(amount.ok ? {} : { amount: amount.error }),
  };
  if (Object.keys(problems).length > 0 || !amount.ok) return fail(problems);
  const parsed = ledgerEventSchema.safeParse({
    event: of.event,
    valueDay,
    reference: draft.reference.trim(),
    ...(of.party === null ? {} : { [of.party]: party }),
    [of.amount]: amount.value,
  });
  if (parsed.success) return ok(parsed.data);
  return fail(
    ofTheEvent(
      of,
      Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join('.'), message])),
    ),
  );
}

/** The core names fields as they stand in the decision. */
export function ofTheEvent(of: EventKind, problems: Problems): Problems {
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => {
      const name = field.replace(/^event\./, '');
      if (name === of.amount) return ['amount', problem];
      return [name === of.party ? 'party' : name, problem];
    }),
  );
}

/** A level or a claim may be nothing, and is never below it. */
function parseLevel(text: string): Result<number, string> {
  const parsed = parsePounds(text);
  return parsed.ok && parsed.value < 0 ? fail('£0.00 or more') : parsed;
}
