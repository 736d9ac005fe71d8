import { heightOf, INK, makeRoom, PAGE, rule, type Sheet, type Weight, write } from './sheet.ts';

export interface Column<Row> {
  readonly title: string;
  /** Points; the columns together are as wide as the page between its margins. */
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly text: (row: Row) => string;
}

export interface Table<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** A last row, a cell a column, set apart from the others. */
  readonly total?: readonly string[];
}

const SIZE = 8;
const GAP = 10;
const PADDING = 3;

/** Rows under their heads, which every further page repeats. */
export async function drawTable<Row>(sheet: Sheet, { columns, rows, total }: Table<Row>): Promise<void> {
  await makeRoom(sheet, 60);
  drawHeads(sheet, columns);
  for (const row of rows) {
    const cells = columns.map(({ text }) => text(row));
    if (await makeRoom(sheet, rowHeight(sheet, columns, cells, 'regular'))) drawHeads(sheet, columns);
    drawRow(sheet, columns, cells, 'regular');
    rule(sheet, sheet.y, false);
  }
  if (total === undefined) return;
  if (await makeRoom(sheet, rowHeight(sheet, columns, total, 'strong'))) drawHeads(sheet, columns);
  rule(sheet, sheet.y, true);
  drawRow(sheet, columns, total, 'strong');
}

function drawHeads<Row>(sheet: Sheet, columns: readonly Column<Row>[]): void {
  const titles = columns.map(({ title }) => title);
  const heights = columns.map(({ title, width }) => heightOf(sheet, title, 7, width - GAP, 'strong'));
  const height = Math.max(...heights);
  eachCell(columns, titles, (text, x, width, align, i) =>
    write(sheet, text, {
      x,
      width,
      align,
      size: 7,
      ink: INK.quiet,
      weight: 'strong',
      // Heads of one line and of two end on one line.
      y: sheet.y + PADDING + height - (heights[i] ?? height),
    }),
  );
  sheet.y += height + PADDING * 2;
  rule(sheet, sheet.y, true);
}

function drawRow<Row>(
  sheet: Sheet,
  columns: readonly Column<Row>[],
  cells: readonly string[],
  weight: Weight,
): void {
  const height = rowHeight(sheet, columns, cells, weight);
  eachCell(columns, cells, (text, x, width, align) =>
    write(sheet, text, { x, y: sheet.y + PADDING, width, align, size: SIZE, weight }),
  );
  sheet.y += height;
}

function rowHeight<Row>(
  sheet: Sheet,
  columns: readonly Column<Row>[],
  cells: readonly string[],
  weight: Weight,
): number {
  const heights = columns.map(({ width }, i) => heightOf(sheet, cells[i] ?? '', SIZE, width - GAP, weight));
  return Math.max(...heights) + PADDING * 2;
}

/** Left columns keep a gap at their right, right ones at their left: figures end at the margin. */
function eachCell<Row>(
  columns: readonly Column<Row>[],
  cells: readonly string[],
  draw: (text: string, x: number, width: number, align: 'left' | 'right', index: number) => void,
): void {
  let left: number = PAGE.left;
  columns.forEach(({ width, align }, i) => {
    const text = cells[i] ?? '';
    if (text !== '') draw(text, align === 'right' ? left + GAP : left, width - GAP, align, i);
    left += width;
  });
}
