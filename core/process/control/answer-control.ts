import { fail, ok, type Result } from '../../base/result.ts';
import { controlAsks, type ControlReply } from '../../protocol/control-channel.ts';
import type { AnswerersOf } from '../feed/answer-asks.ts';

export type ControlAnswerers = AnswerersOf<typeof controlAsks>;

/** Answers a question that came as text: checked like a window's. */
export async function answerControl(
  answerers: ControlAnswerers,
  name: string,
  input: unknown,
): Promise<ControlReply> {
  const ask = askOf(name, input);
  if (!ask.ok) return { ok: false, problem: ask.error };
  const answerer = answerers[ask.value.name] as (input: unknown) => unknown;
  return { ok: true, value: await answerer(ask.value.input) };
}

function askOf(
  name: string,
  input: unknown,
): Result<{ readonly name: keyof typeof controlAsks; readonly input: unknown }, string> {
  const isAsk = (text: string): text is keyof typeof controlAsks => Object.hasOwn(controlAsks, text);
  if (!isAsk(name))
    return fail(`no question is called "${name}"; there are ${Object.keys(controlAsks).join(', ')}`);
  const parsed = controlAsks[name].input.safeParse(input);
  if (parsed.success) return ok({ name, input: parsed.data });
  const [issue] = parsed.error.issues;
  return fail(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'bad input'}`);
}
