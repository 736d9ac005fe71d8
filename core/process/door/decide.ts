import { fail, ok, type Result } from '../../base/result.ts';
import { needsApproval } from '../../access/decision-rights.ts';
import { nextProposalId } from '../../fold/access-book.ts';
import { accessProblem } from '../../fold/check-access.ts';
import { type DecisionProblem, decisionProblem } from '../../fold/check-decision.ts';
import type { World } from '../../fold/world.ts';
import { type Decision, decisionSchema, type PlainDecision } from '../../protocol/decision.ts';
import type { Journal } from '../journal/journal.ts';

/** Decisions that come with proof, a book or a document are made by the core, never handed in. */
const NOT_HANDED_IN: readonly string[] = [
  'load-book',
  'issue-credential',
  'add-account',
  'change-password',
  'issue-document',
  'propose',
];

/** A decision that is journalled and folded: in force, or, as a proposal, waiting for a second person. */
export interface Taken {
  readonly position: number;
  /** Null when it is in force. */
  readonly proposal: string | null;
}

/**
 * Takes decisions one after another: each is held against the world that the one before it made, journalled, and in
 * force when it is answered.
 */
export class DecisionDesk {
  readonly #world: World;
  readonly #append: Journal['append'];
  #last: Promise<unknown> = Promise.resolve();

  constructor(world: World, append: Journal['append']) {
    this.#world = world;
    this.#append = append;
  }

  /** A decision as a person hands it in. The error names the field and what would be right; nothing was done then. */
  decideDraft(
    draft: Readonly<Record<string, unknown>>,
    actor: string,
  ): Promise<Result<Taken, DecisionProblem>> {
    if (NOT_HANDED_IN.includes(String(draft['decision'])))
      return Promise.resolve(fail({ field: 'decision', problem: 'this decision has a request of its own' }));
    // The second person signs by approving, never by being named.
    if (draft['approver'] !== undefined)
      return Promise.resolve(fail({ field: 'approver', problem: 'an approver signs in and approves' }));
    const parsed = decisionSchema.safeParse({ ...draft, actor });
    if (parsed.success) return this.decide(() => ok(parsed.data));
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    return Promise.resolve(fail({ field, problem: issue?.message ?? 'not a decision' }));
  }

  /**
   * Makes a decision when its turn comes, and takes it if its actor may; one that needs a second person is proposed.
   * Answers once the fold has it.
   */
  decide(
    make: () => Result<Decision, DecisionProblem> | Promise<Result<Decision, DecisionProblem>>,
  ): Promise<Result<Taken, DecisionProblem>> {
    const taken = this.#last.then(async () => this.#take(await make()));
    this.#last = taken.catch(() => undefined);
    return taken;
  }

  async #take(made: Result<Decision, DecisionProblem>): Promise<Result<Taken, DecisionProblem>> {
    if (!made.ok) return made;
    const mayNot = accessProblem(this.#world, made.value);
    if (mayNot !== null) return fail(mayNot);
    const decision = this.#asProposal(made.value);
    const problem = decisionProblem(this.#world, decision);
    if (problem !== null) return fail(problem);
    const proposal = decision.decision === 'propose' ? decision.proposal : null;
    return new Promise((resolve) =>
      this.#append({ kind: 'decision', decision }, (failure, position) =>
        resolve(
          failure === null ? ok({ position, proposal }) : fail({ field: '', problem: failure.message }),
        ),
      ),
    );
  }

  /** One by one, so the next number is free. */
  #asProposal(decision: Decision): Decision {
    if (!isPlain(decision) || !needsApproval(decision.decision)) return decision;
    const { actor, reason } = decision;
    const proposal = nextProposalId(this.#world.access);
    return { decision: 'propose', actor, reason, proposal, proposed: decision };
  }
}

function isPlain(decision: Decision): decision is PlainDecision {
  return !['propose', 'approve', 'decline', 'withdraw'].includes(decision.decision);
}
