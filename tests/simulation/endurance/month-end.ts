import { must } from '../../../core/base/assert.ts';
import { localDayOf } from '../../../core/base/calendar.ts';
import { billingPeriodOf } from '../../../core/billing/billing-period.ts';
import { periodOf } from '../../../core/billing/contract-account.ts';
import { composeDocument } from '../../../core/fold/compose-document.ts';
import type { World } from '../../../core/fold/world.ts';
import { issuingOf } from '../../../core/process/money/issue-document.ts';
import { issuePeriod } from '../../support/money-run.ts';
import type { RunningProduct } from './running-product.ts';

interface DuePeriod {
  readonly contract: string;
  readonly index: number;
}

/** Issues all that is due for periods that are over; says what is due still, which must be nothing. */
export async function closePeriods(product: RunningProduct): Promise<string | null> {
  for (const { contract, index } of duePeriods(product.world))
    await issuePeriod(product.world, product.desk, contract, index);
  const [left] = duePeriods(product.world);
  return left === undefined
    ? null
    : `period ${left.index} of ${left.contract} is due again after it was issued`;
}

function duePeriods(world: World): DuePeriod[] {
  return world.contracts.flatMap((account) => {
    const { anchor, id, timezone } = account.contract;
    const current = billingPeriodOf(anchor, localDayOf(world.clockMs, timezone)).index;
    return Array.from({ length: current }, (_, index) => ({ contract: id, index })).filter(
      ({ index }) => composeDocument(world, account, periodOf(account, index), issuingOf(true)) !== null,
    );
  });
}

/** The proposal somebody just made, by its id. */
export async function decideByTwo(
  { desk }: RunningProduct,
  decision: Readonly<Record<string, unknown>>,
  [first, second]: readonly [string, string],
): Promise<string | null> {
  const proposed = await desk.decideDraft({ reason: 'test', ...decision }, first);
  if (!proposed.ok) return proposed.error.problem;
  const proposal = must(proposed.value.proposal, 'it takes two people');
  const approved = await desk.decideDraft({ decision: 'approve', reason: 'seen', proposal }, second);
  return approved.ok ? null : approved.error.problem;
}
