/** How a trial at a rate ended: kept, broken, or not a result because the generator itself could not keep up. */
export type TrialOutcome = 'kept' | 'broken' | 'generator';

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
  readonly limit: 'target' | 'generator' | 'ceiling';
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

/** Searches until three answers running lie within 15 %, six times at most. */
export async function findAgreedMax(options: FindMaxOptions): Promise<Agreement> {
  const answers: Maximum[] = [];
  while (answers.length < SEARCHES_MAX) {
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
  while (kept > 0 && broken !== null && broken / kept > BISECT_TO) {
    const middle = Math.sqrt(kept * broken);
    const outcome = await tried(trial, middle);
    if (outcome === 'kept') kept = middle;
    else {
      broken = middle;
      limit = limitOf(outcome);
    }
  }
  while (kept >= LEAST_PER_SECOND) {
    const outcome = await trial(kept, 'hold');
    if (outcome === 'kept') return { perSecond: kept, limit };
    kept *= STEP_DOWN;
    limit = limitOf(outcome);
  }
  return { perSecond: 0, limit };
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
      if (kept > 0 || rate / 2 < LEAST_PER_SECOND) return { kept, broken, limit };
      rate /= 2;
    }
  }
}

/** One stumble may be a neighbour's who woke up; a rate that is too high stumbles again. */
async function tried(trial: FindMaxOptions['trial'], perSecond: number): Promise<TrialOutcome> {
  const outcome = await trial(perSecond, 'search');
  return outcome === 'kept' ? outcome : trial(perSecond, 'search');
}

function limitOf(outcome: 'broken' | 'generator'): Maximum['limit'] {
  return outcome === 'broken' ? 'target' : 'generator';
}

/** The median of the last three when the largest is within 15 % of the smallest. */
export function agreementOf(answers: readonly Maximum[]): Maximum | null {
  const last = answers.slice(-AGREEING).toSorted((a, b) => a.perSecond - b.perSecond);
  const [least, middle, most] = last;
  if (least === undefined || middle === undefined || most === undefined) return null;
  return most.perSecond <= least.perSecond * AGREE_WITHIN ? middle : null;
}
