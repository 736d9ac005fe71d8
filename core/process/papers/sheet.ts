import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { assert } from '../../base/assert.ts';

/** A4 in points, 72 to the inch, from the top left. What is printed keeps between the margins. */
export const PAGE = { width: 595.28, height: 841.89, left: 54, right: 541.28, top: 54, bottom: 770 } as const;
export const INNER_WIDTH = PAGE.right - PAGE.left;

export const INK = {
  text: '#1B2126',
  quiet: '#5C656D',
  rule: '#D9DEE2',
  strongRule: '#1B2126',
  band: '#F3F5F6',
  simulated: '#F4E0DD',
} as const;

export type Weight = 'regular' | 'strong';

export interface SheetFacts {
  /** Of the file, and at the top of every page but the first. */
  readonly title: string;
  readonly author: string;
  /** Stands in the file as the moment it was made: the same data gives the same bytes. */
  readonly madeAtMs: number;
  readonly isSimulated: boolean;
  /** Two lines at the foot of every page. */
  readonly footLines: readonly [string, string];
}

/** A paper being written from top to bottom. `y` is where the next thing begins. */
export interface Sheet {
  readonly pdf: PDFKit.PDFDocument;
  readonly facts: SheetFacts;
  /** Null while the pages are counted: everything takes its room, and nothing is drawn. */
  readonly pagesTotal: number | null;
  page: number;
  y: number;
}

/**
 * Writes a paper and gives its bytes. `compose` is called twice, because the first page already says how many there are:
 * keeping all pages to the end would compress them in one go, while packets wait.
 */
export async function printSheet(
  facts: SheetFacts,
  compose: (sheet: Sheet) => Promise<void>,
): Promise<Uint8Array> {
  const counted = await openSheet(facts, null);
  await compose(counted);
  const sheet = await openSheet(facts, counted.page);
  const bytes = bytesOf(sheet.pdf);
  await compose(sheet);
  assert(
    sheet.page === counted.page,
    () => `${facts.title}: ${counted.page} pages counted, ${sheet.page} written`,
  );
  sheet.pdf.end();
  return bytes;
}

/** The library takes a tenth of a second to load, and a core that prints nothing never needs it. */
async function openSheet(facts: SheetFacts, pagesTotal: number | null): Promise<Sheet> {
  const { default: PdfDocument } = await import('pdfkit');
  const pdf = new PdfDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    lang: 'en-GB',
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: facts.title,
      Author: facts.author,
      Creator: 'Milepost',
      CreationDate: new Date(facts.madeAtMs),
    },
  });
  for (const [weight, file] of fontFiles) pdf.registerFont(weight, await parsedFont(file));
  const sheet: Sheet = { pdf, facts, pagesTotal, page: 0, y: PAGE.top };
  beginPage(sheet);
  return sheet;
}

/** Beside the package, in a checkout and in the program's archive alike. */
const resolve = createRequire(import.meta.url).resolve;
const fontFiles: readonly (readonly [Weight, string])[] = [
  ['regular', resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')],
  ['strong', resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf')],
];

const parsedFonts = new Map<string, PDFKit.Mixins.PDFFontSource>();

/** Reading a font takes longer than printing a page with it, so it is done once. */
async function parsedFont(file: string): Promise<PDFKit.Mixins.PDFFontSource> {
  const known = parsedFonts.get(file);
  if (known !== undefined) return known;
  const { create } = await import('fontkit');
  // PDFKit takes fonts that fontkit has read since 0.20; its types do not say so yet.
  const font = create(await readFile(file)) as unknown as PDFKit.Mixins.PDFFontSource;
  parsedFonts.set(file, font);
  return font;
}

/** Goes on a new page when less than `height` is left. True when it did. */
export async function makeRoom(sheet: Sheet, height: number): Promise<boolean> {
  if (sheet.y + height <= PAGE.bottom) return false;
  // A paper of a hundred pages is no reason to let a packet wait.
  await setImmediate();
  beginPage(sheet);
  return true;
}

function beginPage(sheet: Sheet): void {
  const { pdf, facts, pagesTotal } = sheet;
  pdf.addPage();
  sheet.page += 1;
  sheet.y = PAGE.top;
  if (pagesTotal !== null && facts.isSimulated) markSimulated(pdf);
  drawFoot(sheet, `Page ${sheet.page} of ${pagesTotal}`);
  if (sheet.page === 1) return;
  write(sheet, facts.title, { x: PAGE.left, y: PAGE.top - 20, size: 7.5, ink: INK.quiet });
  sheet.y = PAGE.top + 4;
}

function drawFoot(sheet: Sheet, pageText: string): void {
  const [first, second] = sheet.facts.footLines;
  rule(sheet, 788, false);
  const foot = { size: 7, ink: INK.quiet };
  write(sheet, first, { ...foot, x: PAGE.left, y: 793, width: 390 });
  write(sheet, pageText, { ...foot, x: PAGE.right - 90, y: 793, width: 90, align: 'right' });
  write(sheet, second, { ...foot, size: 6, x: PAGE.left, y: 804 });
}

/** Under everything else, from corner to corner. */
function markSimulated(pdf: PDFKit.PDFDocument): void {
  const middle: [number, number] = [PAGE.width / 2, PAGE.height / 2];
  pdf.save().rotate(-54, { origin: middle });
  pdf.font('strong').fontSize(118).fillColor(INK.simulated);
  pdf.text('SIMULATED', middle[0] - pdf.widthOfString('SIMULATED') / 2, middle[1] - 80, { lineBreak: false });
  pdf.restore();
}

export interface WriteOptions {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight?: Weight;
  readonly ink?: string;
  /** Points the text may take; with `align: 'right'` it ends there. Longer text goes on below. */
  readonly width?: number;
  readonly align?: 'left' | 'right';
}

/** Writes text; gives the height it took, points. */
export function write(sheet: Sheet, text: string, options: WriteOptions): number {
  const { pdf } = sheet;
  const { x, y, size, weight = 'regular', ink = INK.text, width = PAGE.right - x, align = 'left' } = options;
  const height = heightOf(sheet, text, size, width, weight);
  if (sheet.pagesTotal === null) return height;
  const printable = printableText(text);
  pdf.fillColor(ink);
  if (!isOneLine(pdf, printable, width)) pdf.text(printable, x, y, { width, align });
  else {
    const indent = align === 'right' ? width - pdf.widthOfString(printable) : 0;
    pdf.text(printable, x + indent, y, { lineBreak: false });
  }
  return height;
}

/** The height text would take, points. */
export function heightOf(sheet: Sheet, text: string, size: number, width: number, weight: Weight): number {
  const { pdf } = sheet;
  const printable = printableText(text);
  pdf.font(weight).fontSize(size);
  return isOneLine(pdf, printable, width)
    ? pdf.currentLineHeight()
    : pdf.heightOfString(printable, { width });
}

function isOneLine(pdf: PDFKit.PDFDocument, text: string, width: number): boolean {
  return !text.includes('\n') && pdf.widthOfString(text) <= width;
}

/** A name from a book may hold any character; those that move the pen are printed as spaces. */
function printableText(text: string): string {
  return text.replaceAll(/[^\P{C}\n]/gu, ' ');
}

export function rule(sheet: Sheet, y: number, isStrong: boolean, left: number = PAGE.left): void {
  if (sheet.pagesTotal === null) return;
  sheet.pdf
    .moveTo(left, y)
    .lineTo(PAGE.right, y)
    .lineWidth(isStrong ? 0.8 : 0.4)
    .strokeColor(isStrong ? INK.strongRule : INK.rule)
    .stroke();
}

/** A pale ground from margin to margin, from here down. */
export function band(sheet: Sheet, height: number): void {
  if (sheet.pagesTotal === null) return;
  sheet.pdf.rect(PAGE.left, sheet.y, INNER_WIDTH, height).fill(INK.band);
}

/** A heading that is not left alone at the foot of a page: `height` of what follows is there as well. */
export async function heading(sheet: Sheet, text: string, height = 60): Promise<void> {
  await makeRoom(sheet, 30 + height);
  sheet.y += 13;
  sheet.y += write(sheet, text, { x: PAGE.left, y: sheet.y, size: 11, weight: 'strong' }) + 5;
}

const NOTE = { size: 7.5, ink: INK.quiet } as const;

/** Small print, under a title if it has one, all on one page. */
export async function drawNotes(sheet: Sheet, notes: readonly string[], title?: string): Promise<void> {
  const heights = notes.map((note) => heightOf(sheet, note, NOTE.size, INNER_WIDTH, 'regular') + 2);
  await makeRoom(
    sheet,
    heights.reduce((sum, height) => sum + height, title === undefined ? 0 : 34),
  );
  if (title !== undefined) await heading(sheet, title, 0);
  for (const note of notes) sheet.y += write(sheet, note, { ...NOTE, x: PAGE.left, y: sheet.y }) + 2;
}

function bytesOf(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}
