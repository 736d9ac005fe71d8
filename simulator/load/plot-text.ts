export interface TextPlot {
  readonly title: string;
  readonly values: readonly (number | null)[];
  readonly unit: string;
}

const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const EIGHTHS = 8;
const ROWS = 5;
const COLUMNS_MAX = 60;
const LABEL_WIDTH = 10;

/** A series over time as columns of blocks, for a terminal. Long ones are drawn by the largest value of each column. */
export function plotText({ title, values, unit }: TextPlot): string {
  const columns = columnsOf(values);
  const top = Math.max(...columns.map((value) => value ?? 0));
  if (columns.length === 0 || top <= 0) return `${title}: nothing to draw`;
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const floor = ROWS - 1 - row;
    const line = columns.map((value) => blockOf(((value ?? 0) / top) * ROWS - floor)).join('');
    const label = row === 0 ? figure(top) : row === ROWS - 1 ? '0' : '';
    return `${label.padStart(LABEL_WIDTH)} ┤${line}`;
  });
  const axis = `${' '.repeat(LABEL_WIDTH)} └${'─'.repeat(columns.length)}`;
  return [`${title} (${unit}, ${values.length} s)`, ...rows, axis].map((line) => line.trimEnd()).join('\n');
}

/** Three digits that mean something. */
export function figure(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));
}

/** `height` rows above the row's floor: whole, in eighths, or nothing. */
function blockOf(height: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, height)) * EIGHTHS);
  return BLOCKS[eighths] ?? ' ';
}

function columnsOf(values: readonly (number | null)[]): readonly (number | null)[] {
  if (values.length <= COLUMNS_MAX) return values;
  return Array.from({ length: COLUMNS_MAX }, (_, column) => {
    const [from, to] = [column, column + 1].map((edge) => Math.floor((edge * values.length) / COLUMNS_MAX));
    const known = values.slice(from, to).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  });
}
