import { fail, ok, type Result } from '../../base/result.ts';
import { periodOf } from '../../billing/contract-account.ts';
import { accountOrNull } from '../../fold/account-named.ts';
import { composeDocument, type Issuing } from '../../fold/compose-document.ts';
import { type DecisionProblem, problem } from '../../fold/decision-problem.ts';
import type { World } from '../../fold/world.ts';
import type { DecisionOf } from '../../protocol/decision.ts';
import { DECODERS_VERSION, RULES_VERSION } from './rules-version.ts';

/** What a person closes, or corrects, having seen a preview. */
export interface IssueRequest {
  readonly contract: string;
  readonly period: number;
  readonly previewNetPence: number;
  readonly isOperatorFault?: boolean | undefined;
  readonly reason: string;
}

export function issuingOf(isSimulated: boolean): Issuing {
  const timeZoneData = process.versions['tz'] ?? 'unknown';
  return {
    versions: { rules: RULES_VERSION, decoders: DECODERS_VERSION, timeZoneData },
    isSimulated,
  };
}

/** The decision that makes a document final, written from all that is known when its turn comes. */
export function issueDecision(
  world: World,
  request: IssueRequest,
  actor: string,
  issuing: Issuing,
): Result<DecisionOf<'issue-document'>, DecisionProblem> {
  const account = accountOrNull(world, request.contract);
  if (account === null) return fail(problem('contract', `there is no contract "${request.contract}"`));
  const document = composeDocument(world, account, periodOf(account, request.period), {
    ...issuing,
    isOperatorFault: request.isOperatorFault,
  });
  if (document === null) return fail(problem('period', 'nothing is due for this period'));
  if (document.netPence !== request.previewNetPence)
    return fail(
      problem(
        'previewNetPence',
        `it comes to ${document.netPence} pence net now, not ${request.previewNetPence}; look at it again`,
      ),
    );
  return ok({ decision: 'issue-document', actor, reason: request.reason, document });
}
