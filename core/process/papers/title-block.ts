import type { Issuer } from './issuer.ts';
import { band, heightOf, INK, PAGE, type Sheet, write } from './sheet.ts';

const RIGHT_COLUMN = PAGE.left + 282;
const LABEL_WIDTH = 76;

export interface TitleBlock {
  readonly title: string;
  readonly subtitle: string;
  readonly issuer: Issuer;
  readonly addressee: { readonly label: string; readonly name: string; readonly id: string };
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** The one figure everybody looks for. */
  readonly figure: { readonly label: string; readonly text: string };
}

/** The top of the first page: what it is, whose, to whom, and how much. */
export function drawTitleBlock(sheet: Sheet, block: TitleBlock): void {
  const titleEnd = drawTitle(sheet, block);
  const issuerEnd = drawIssuer(sheet, block.issuer);
  sheet.y = Math.max(titleEnd, issuerEnd) + 24;
  const addresseeEnd = drawAddressee(sheet, block.addressee);
  const factsEnd = drawFacts(sheet, block.facts);
  sheet.y = Math.max(addresseeEnd, factsEnd) + 14;
  drawFigure(sheet, block.figure);
}

function drawTitle(sheet: Sheet, { title, subtitle }: TitleBlock): number {
  const x = PAGE.left;
  const width = RIGHT_COLUMN - PAGE.left - 12;
  const height = write(sheet, title, { x, y: sheet.y - 7, size: 22, weight: 'strong', width });
  const y = sheet.y - 5 + height;
  return y + write(sheet, subtitle, { x, y, size: 11, ink: INK.quiet, width });
}

function drawIssuer(sheet: Sheet, { name, addressLines, vatNumber }: Issuer): number {
  const x = RIGHT_COLUMN;
  let y = sheet.y;
  y += write(sheet, name, { x, y, size: 9.5, weight: 'strong' }) + 1;
  const lines = [...addressLines, ...(vatNumber === null ? [] : [`VAT number ${vatNumber}`])];
  for (const line of lines) y += write(sheet, line, { x, y, size: 8, ink: INK.quiet });
  return y;
}

function drawAddressee(sheet: Sheet, { label, name, id }: TitleBlock['addressee']): number {
  const x = PAGE.left;
  const width = RIGHT_COLUMN - PAGE.left - 24;
  let y = sheet.y;
  y += write(sheet, label, { x, y, size: 8, ink: INK.quiet }) + 2;
  y += write(sheet, name, { x, y, size: 11, weight: 'strong', width });
  return y + write(sheet, id, { x, y, size: 8, ink: INK.quiet, width });
}

function drawFacts(sheet: Sheet, facts: TitleBlock['facts']): number {
  const x = RIGHT_COLUMN + LABEL_WIDTH;
  let y = sheet.y;
  for (const [label, value] of facts) {
    write(sheet, label, { x: RIGHT_COLUMN, y, size: 8, ink: INK.quiet, width: LABEL_WIDTH });
    y += write(sheet, value, { x, y, size: 8 }) + 3;
  }
  return y;
}

function drawFigure(sheet: Sheet, { label, text }: TitleBlock['figure']): void {
  const height = 38;
  band(sheet, height);
  const labelHeight = heightOf(sheet, label, 9.5, 300, 'regular');
  write(sheet, label, { x: PAGE.left + 12, y: sheet.y + (height - labelHeight) / 2, size: 9.5 });
  const textHeight = heightOf(sheet, text, 16, 200, 'strong');
  const y = sheet.y + (height - textHeight) / 2;
  write(sheet, text, { x: PAGE.right - 212, y, size: 16, weight: 'strong', width: 200, align: 'right' });
  sheet.y += height;
}
