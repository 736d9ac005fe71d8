/**
 * How a trial at a rate ended: kept; broken; not a result because the generator itself could not keep up; or spoilt by
 * others on the machine, which says nothing of the rate.
 */
export type TrialOutcome = 'kept' | 'broken' | 'generator' | 'disturbed';

export interface FindMaxOptions {
  /** First rate tried, packets a second. */
  readonly startPerSecond: number;
  /** Not beyond. */
  readonly ceilingPerSecond: number;
  readonly trial: (perSecond: number, kind: 'search' | 'hold') => Promise<TrialOutcome>;
}

/** One answer; `limit` says what stood in the way of more. */
export interface Maximum {
  readonly perSecond: number;
  readonly limit: 'target' | 'generator' | 'ceiling' | 'disturbed';
}

export interface Agreement {
  readonly answers: readonly Maximum[];
  /** The median of the last three, when they agree; null otherwise. */
  readonly agreed: Maximum | null;
}

const BISECT_TO = 1.05;
const STEP_DOWN = 0.95;
const AGREE_WITHIN = 1.15;
const AGREEING = 3;
const SEARCHES_MAX = 6;
const LEAST_PER_SECOND = 1;
const DISTURBED_MAX = 4;

/** Searches until three answers running lie within 15 %, six times at most; a machine too busy to search on ends it. */
export async function findAgreedMax(options: FindMaxOptions): Promise<Agreement> {
  const answers: Maximum[] = [];
  while (answers.length < SEARCHES_MAX && answers.at(-1)?.limit !== 'disturbed') {
    answers.push(await findMax(options));
    const agreed = agreementOf(answers);
    if (agreed !== null) return { answers, agreed };
  }
  return { answers, agreed: null };
}

/** Doubles until a trial breaks, bisects to 5 %, then holds; what cannot be held is lowered by 5 % and held again. */
export async function findMax(options: FindMaxOptions): Promise<Maximum> {
  const { trial } = options;
  let { kept, broken, limit } = await doubled(options);
  while (limit !== 'disturbed' && kept > 0 && broken !== null && broken / kept > BISECT_TO) {
    const middle = Math.sqrt(kept * broken);
    const outcome = await tried(trial, middle);
    if (outcome === 'kept') kept = middle;
    else {
      broken = middle;
      limit = limitOf(outcome);
    }
  }
  while (limit !== 'disturbed' && kept >= LEAST_PER_SECOND) {
    const outcome = await undisturbed(trial, kept, 'hold');
    if (outcome === 'kept') return { perSecond: kept, limit };
    if (outcome !== 'disturbed') kept *= STEP_DOWN;
    limit = limitOf(outcome);
  }
  return { perSecond: limit === 'disturbed' ? kept : 0, limit };
}

/** Up by doubling while it is kept; when even the first breaks, down by halving. */
async function doubled({
  startPerSecond,
  ceilingPerSecond,
  trial,
}: FindMaxOptions): Promise<{ kept: number; broken: number | null; limit: Maximum['limit'] }> {
  let rate = Math.min(startPerSecond, ceilingPerSecond);
  let kept = 0;
  let broken: number | null = null;
  let limit: Maximum['limit'] = 'ceiling';
  for (;;) {
    const outcome = await tried(trial, rate);
    if (outcome === 'kept') {
      kept = rate;
      if (broken !== null || rate >= ceilingPerSecond) return { kept, broken, limit };
      rate = Math.min(rate * 2, ceilingPerSecond);
    } else {
      broken = rate;
      limit = limitOf(outcome);
      if (outcome === 'disturbed' || kept > 0 || rate / 2 < LEAST_PER_SECOND) return { kept, broken, limit };
      rate /= 2;
    }
  }
}

/** A rate that is too high breaks a second time; a stumble does not. */
async function tried(trial: FindMaxOptions['trial'], perSecond: number): Promise<TrialOutcome> {
  const outcome = await undisturbed(trial, perSecond, 'search');
  const isBroken = outcome === 'broken' || outcome === 'generator';
  return isBroken ? undisturbed(trial, perSecond, 'search') : outcome;
}

/** What others spoilt is tried again, a few times. */
async function undisturbed(
  trial: FindMaxOptions['trial'],
  perSecond: number,
  kind: 'search' | 'hold',
): Promise<TrialOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await trial(perSecond, kind);
    if (outcome !== 'disturbed' || attempt === DISTURBED_MAX) return outcome;
  }
}

function limitOf(outcome: Exclude<TrialOutcome, 'kept'>): Maximum['limit'] {
  return outcome === 'broken' ? 'target' : outcome;
}

/** The median of the last three when the largest is within 15 % of the smallest. */
export function agreementOf(answers: readonly Maximum[]): Maximum | null {
  if (answers.at(-1)?.limit === 'disturbed') return null;
  const last = answers.slice(-AGREEING).toSorted((a, b) => a.perSecond - b.perSecond);
  const [least, middle, most] = last;
  if (least === undefined || middle === undefined || most === undefined) return null;
  return most.perSecond <= least.perSecond * AGREE_WITHIN ? middle : null;
}
