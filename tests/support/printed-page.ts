import type { ElectronApplication } from '@playwright/test';
import { readPdf } from './read-pdf.ts';

/** The rows of what the system's printer would get of the window, page by page. */
export async function printedPages(
  electron: ElectronApplication,
): Promise<readonly (readonly (readonly string[])[])[]> {
  const base64 = await electron.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const pdf = await window?.webContents.printToPDF({ preferCSSPageSize: true });
    return pdf?.toString('base64') ?? '';
  });
  return readPdf(Buffer.from(base64, 'base64'));
}

/** Whole pence of an amount as it is printed, "−£1,234.50"; null for anything else. */
export function printedPence(text: string): number | null {
  const match = /^(\u2212?)£([\d,]+)\.(\d\d)$/u.exec(text);
  if (match === null) return null;
  const [, minus, pounds = '', pence = ''] = match;
  return Number(`${pounds.replaceAll(',', '')}${pence}`) * (minus === '' ? 1 : -1);
}

/** The amount at the end of the row that begins with these words. */
export function amountOf(rows: readonly (readonly string[])[], words: string): number | null {
  return printedPence(rows.find(([first]) => first === words)?.at(-1) ?? '');
}
