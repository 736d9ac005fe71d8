import type { ExpressionTree, NumbersAre } from './expression.ts';

/**
 * Why an expression may not be used, or null. What is left of JMESPath works through a packet in time in proportion
 * to its size: no products of lists, nothing that grows text, no regular expression, no member that is not data.
 */
export function problemOfTree(tree: ExpressionTree, numbersAre: NumbersAre): string | null {
  const seen: Seen = { numbersAre, hasPacket: false, hasWork: false };
  const problem = problemIn(tree, seen);
  if (problem !== null) return problem;
  // Such an expression would walk the whole packet once for each of its records.
  return seen.hasPacket && seen.hasWork ? '"$" can only stand in plain paths, such as $.gateway.name' : null;
}

interface Seen {
  readonly numbersAre: NumbersAre;
  hasPacket: boolean;
  /** Something whose cost grows with what it works on. */
  hasWork: boolean;
}

/** `type(x)`, `to_number('')` (which is 0), arithmetic and the like are left out on purpose. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'contains',
  'ends_with',
  'keys',
  'length',
  'lower',
  'not_null',
  'split',
  'starts_with',
  'upper',
  'values',
]);
const NUMBER_FUNCTIONS: ReadonlySet<string> = new Set(['abs', 'ceil', 'floor', 'max', 'min']);
/** Their second argument has to be fixed: searching one text of a packet in another is work of their product. */
const SEARCHES: ReadonlySet<string> = new Set(['contains', 'ends_with', 'split', 'starts_with']);

function problemIn(tree: ExpressionTree, seen: Seen): string | null {
  switch (tree.type) {
    case 'Current':
    case 'Identity':
    case 'Index':
      return null;
    case 'Root':
      seen.hasPacket = true;
      return null;
    case 'Field':
      return problemOfName(tree.name);
    case 'Literal':
      return typeof tree.value === 'object' && tree.value !== null
        ? 'a fixed value can be text, a number, true, false or null'
        : null;
    case 'Flatten':
    case 'Projection':
    case 'ValueProjection':
    case 'FilterProjection':
    case 'Slice':
      seen.hasWork = true;
      return problemInParts(tree, seen);
    case 'AndExpression':
    case 'IndexExpression':
    case 'NotExpression':
    case 'OrExpression':
    case 'Pipe':
    case 'Subexpression':
    case 'Ternary':
      return problemInParts(tree, seen);
    case 'Comparator':
      return problemOfComparison(tree, seen) ?? problemInParts(tree, seen);
    case 'Function':
      seen.hasWork = true;
      return problemOfCall(tree, seen) ?? problemInParts(tree, seen);
    default:
      return problemOfKind(tree.type);
  }
}

/** `toString`, `constructor`, `__proto__`: every object has them, and none is what a tracker sent. */
function problemOfName(name: string): string | null {
  return name in Object.prototype ? `"${name}" cannot be read: it is a name every object has` : null;
}

/** Two values of a packet can be deep and large; one of them and a fixed value are compared at once. */
function problemOfComparison(tree: ExpressionTree, { numbersAre }: Seen): string | null {
  const fixed = partsOf(tree).flatMap((part) => (part.type === 'Literal' ? [part.value] : []));
  if (fixed.length === 0) return "a comparison needs a fixed value on one side, such as status == 'on'";
  const hasNumber = fixed.some((value) => typeof value === 'number');
  return hasNumber && numbersAre === 'text'
    ? "in an odometer's expression numbers are text: compare with '16', not with `16`"
    : null;
}

function problemOfCall(tree: ExpressionTree, { numbersAre }: Seen): string | null {
  if (tree.type !== 'Function') return null;
  const { name, children } = tree;
  const isKnown = FUNCTIONS.has(name) || NUMBER_FUNCTIONS.has(name);
  if (!isKnown) {
    return `there is no function ${name}() here; there are ${[...FUNCTIONS, ...NUMBER_FUNCTIONS].toSorted().join(', ')}`;
  }
  if (NUMBER_FUNCTIONS.has(name) && numbersAre === 'text')
    return `in an odometer's expression numbers are text: ${name}() cannot work on them`;
  if (SEARCHES.has(name) && children[1]?.type !== 'Literal')
    return `the second value of ${name}() has to be fixed, such as ${name}(status, 'on')`;
  return null;
}

function problemOfKind(kind: string): string {
  switch (kind) {
    case 'Arithmetic':
    case 'Unary':
      return 'expressions do not calculate: use "unit" or "dividedBy"';
    case 'MultiSelectList':
    case 'MultiSelectHash':
      return 'an expression gives one value that is in the packet; it cannot build lists or objects';
    case 'ExpressionReference':
    case 'LetExpression':
    case 'Binding':
    case 'Variable':
      return '"&", "let" and variables cannot be used';
    default:
      return `${kind} cannot be used`;
  }
}

function problemInParts(tree: ExpressionTree, seen: Seen): string | null {
  for (const part of partsOf(tree)) {
    const problem = problemIn(part, seen);
    if (problem !== null) return problem;
  }
  return null;
}

function partsOf(tree: ExpressionTree): readonly ExpressionTree[] {
  const parts: ExpressionTree[] = [];
  if ('left' in tree) parts.push(tree.left);
  if ('right' in tree) parts.push(tree.right);
  if ('child' in tree) parts.push(tree.child);
  if ('condition' in tree) parts.push(tree.condition);
  if ('trueExpr' in tree) parts.push(tree.trueExpr, tree.falseExpr);
  if (tree.type === 'Function') parts.push(...tree.children);
  return parts;
}
