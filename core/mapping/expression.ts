import { compile, TreeInterpreter } from '@jmespath-community/jmespath';
import { fail, ok, type Result } from '../base/result.ts';
import { isFields } from '../tracker/vendor-fields.ts';
import { problemOfTree } from './expression-limits.ts';

/** The tree the library makes of an expression; the library does not export its type's name. */
export type ExpressionTree = ReturnType<typeof compile>;

/** A JMESPath expression that always ends, in time in proportion to the packet, and reads nothing but the packet. */
export interface Expression {
  readonly text: string;
  /** The member names and places of a plain path (`gps.fix[0].lat`); null for every other expression. */
  readonly steps: readonly (string | number)[] | null;
  /** `$…`: it starts at the packet, not at the record. */
  readonly isOfPacket: boolean;
  readonly tree: ExpressionTree;
}

/** Whether numbers come as numbers, or as the text they were sent as (for odometers). */
export type NumbersAre = 'numbers' | 'text';

/** Long enough for every field met so far, short enough to be read. */
export const EXPRESSION_CHARACTERS_MAX = 256;

/** Reads an expression; the error is a sentence for the author of the mapping file. */
export function readExpression(text: string, numbersAre: NumbersAre): Result<Expression, string> {
  if (text.length > EXPRESSION_CHARACTERS_MAX) {
    return fail(`the expression has ${text.length} characters; ${EXPRESSION_CHARACTERS_MAX} are the most`);
  }
  const tree = treeOf(text);
  if (!tree.ok) return tree;
  const problem = problemOfTree(tree.value, numbersAre);
  if (problem !== null) return fail(problem);
  const steps = stepsOf(tree.value);
  return ok({ text, steps, isOfPacket: text.includes('$') && usesPacket(tree.value), tree: tree.value });
}

/** The parser throws a plain Error for what it cannot read. */
function treeOf(text: string): Result<ExpressionTree, string> {
  try {
    return ok(compile(text));
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    return fail(`this is no JMESPath expression: ${reason.replace(/^Syntax error[:,] */i, '')}`);
  }
}

function stepsOf(tree: ExpressionTree): readonly (string | number)[] | null {
  switch (tree.type) {
    case 'Current':
    case 'Identity':
    case 'Root':
      return [];
    case 'Field':
      return [tree.name];
    case 'Index':
      return tree.value >= 0 ? [tree.value] : null;
    case 'Subexpression':
    case 'IndexExpression':
      return joined(stepsOf(tree.left), stepsOf(tree.right));
    default:
      return null;
  }
}

function joined(
  left: readonly (string | number)[] | null,
  right: readonly (string | number)[] | null,
): readonly (string | number)[] | null {
  return left === null || right === null ? null : [...left, ...right];
}

function usesPacket(tree: ExpressionTree): boolean {
  return JSON.stringify(tree).includes('{"type":"Root"}');
}

const PACKET_ITSELF: ExpressionTree = { type: 'Current' };

/**
 * The expression's value in a record; undefined or null for none. `packet` is what `$` stands for. The error is what
 * the library says of a value it cannot work on (`lower(speed)` of a number).
 */
export function valueOf(expression: Expression, record: unknown, packet: unknown): Result<unknown, string> {
  const { steps, tree, isOfPacket } = expression;
  if (steps !== null) return ok(follow(steps, isOfPacket ? packet : record));
  try {
    // search() sets what `$` stands for, visit() leaves it alone.
    if (!isOfPacket) return ok(TreeInterpreter.search(tree, asJson(record)));
    TreeInterpreter.search(PACKET_ITSELF, asJson(packet));
    return ok(TreeInterpreter.visit(tree, asJson(record)));
  } catch (fault) {
    return fail(fault instanceof Error ? fault.message : String(fault));
  }
}

type Json = Parameters<typeof TreeInterpreter.search>[1];

/** JSON.parse and the readers of other payloads give nothing else. */
function asJson(value: unknown): Json {
  return value as Json;
}

/** Names that every object has were turned down when the expression was read, so members need no further look. */
export function follow(steps: readonly (string | number)[], start: unknown): unknown {
  let value = start;
  for (const step of steps) {
    if (typeof step === 'number') value = Array.isArray(value) ? (value[step] as unknown) : undefined;
    else value = isFields(value) ? value[step] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}
