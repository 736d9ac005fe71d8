import { expect, test } from 'vitest';
import { accountNamed } from '../../core/fold/account-named.ts';
import { composeDocument } from '../../core/fold/compose-document.ts';
import { describePeriods } from '../../core/fold/describe-periods.ts';
import { periodOf } from '../../core/billing/contract-account.ts';
import type { FinalDocument } from '../../core/protocol/document.ts';
import { aMoneyBook, DEVICE } from '../support/money-book.ts';
import {
  decide,
  driveDays,
  issueWaived,
  londonMs,
  type MoneyRun,
  moneyRun,
  reading,
  tick,
} from '../support/folded-money.ts';

const VERSIONS = { rules: 1, decoders: 1, timeZoneData: 'test' };

/** January is closed at 1,000.0 miles; on a later day a reading comes that adds to, or takes from, them. */
function januaryCorrected(onDay: string, tenthsAtTen: number): MoneyRun {
  const run = moneyRun(aMoneyBook(), londonMs('2026-01-01', 0));
  driveDays(run, { [DEVICE]: 400 }, '2026-01-01', 25);
  reading(run, DEVICE, londonMs('2026-01-31', 18), 20_000);
  reading(run, DEVICE, londonMs('2026-02-01', 6), 20_600);
  issueWaived(run, londonMs('2026-02-04'), 'C1', 0);
  reading(run, DEVICE, londonMs('2026-01-31', 22), tenthsAtTen, londonMs(onDay));
  tick(run, londonMs(onDay, 13));
  return run;
}

function dueOf(run: MoneyRun, isOperatorFault: boolean): FinalDocument | null {
  const account = accountNamed(run.world, 'C1');
  const issuing = { versions: VERSIONS, isSimulated: false, isOperatorFault };
  return composeDocument(run.world, account, periodOf(account, 0), issuing);
}

const stateOf = ({ world }: MoneyRun): string | undefined =>
  describePeriods(world, null, 100).periods.find(({ period }) => period === 0)?.state;

test('more is charged for a period for twelve months after its end, and not a day longer (B13)', () => {
  const inTime = januaryCorrected('2027-01-31', 20_400);
  expect(dueOf(inTime, false)).toMatchObject({ kind: 'supplementary', netPence: 450 });
  expect(stateOf(inTime)).toBe('correction due');
  const tooLate = januaryCorrected('2027-02-01', 20_400);
  expect(dueOf(tooLate, false)).toBeNull();
  expect(stateOf(tooLate)).toBe('too late to charge');
});

test('what the operator caused is charged however long ago, and credits have no limit', () => {
  const fault = januaryCorrected('2027-06-01', 20_400);
  const document = dueOf(fault, true);
  expect(document).toMatchObject({ kind: 'supplementary', netPence: 450, isOperatorFault: true });
  if (document === null) throw new Error('it is due');
  expect(decide(fault, londonMs('2027-06-01', 13), { decision: 'issue-document', document })).toBeNull();
  const credit = januaryCorrected('2027-06-01', 20_000);
  expect(dueOf(credit, false)).toMatchObject({ kind: 'credit_note' });
});
