import { fail, ok, type Result } from '../../base/result.ts';
import { type DecisionProblem, decisionProblem } from '../../fold/check-decision.ts';
import type { World } from '../../fold/world.ts';
import { type Decision, decisionSchema } from '../../protocol/decision.ts';
import type { Journal } from '../journal/journal.ts';

/** Decisions that come with proof or a book of their own are made by the core, never handed in. */
const NOT_HANDED_IN: readonly string[] = ['load-book', 'issue-credential'];

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

  /** A decision as a person proposes it. The error names the field and what would be right; nothing was done then. */
  decideDraft(
    draft: Readonly<Record<string, unknown>>,
    actor: string,
  ): Promise<Result<number, DecisionProblem>> {
    if (NOT_HANDED_IN.includes(String(draft['decision'])))
      return Promise.resolve(fail({ field: 'decision', problem: 'this decision has a request of its own' }));
    const parsed = decisionSchema.safeParse({ ...draft, actor });
    if (parsed.success) return this.decide(() => ok(parsed.data));
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    return Promise.resolve(fail({ field, problem: issue?.message ?? 'not a decision' }));
  }

  /** Makes a decision when its turn comes, and takes it. Gives its journal position once the fold has it. */
  decide(
    make: () => Result<Decision, DecisionProblem> | Promise<Result<Decision, DecisionProblem>>,
  ): Promise<Result<number, DecisionProblem>> {
    const taken = this.#last.then(async () => this.#take(await make()));
    this.#last = taken.catch(() => undefined);
    return taken;
  }

  async #take(made: Result<Decision, DecisionProblem>): Promise<Result<number, DecisionProblem>> {
    if (!made.ok) return made;
    const problem = decisionProblem(this.#world, made.value);
    if (problem !== null) return fail(problem);
    return new Promise((resolve) =>
      this.#append({ kind: 'decision', decision: made.value }, (failure, position) =>
        resolve(failure === null ? ok(position) : fail({ field: '', problem: failure.message })),
      ),
    );
  }
}
