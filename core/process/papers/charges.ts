import type { FinalDocument, PrintedLine } from '../../protocol/document.ts';
import { daysText } from './days.ts';
import { alignedDecimals, distanceText, percentText, poundsText } from './figures.ts';
import { heading, INNER_WIDTH, makeRoom, PAGE, rule, type Sheet, write } from './sheet.ts';
import { type Column, drawTable } from './table.ts';
import { documentTitles, lineWords, unitWord } from './words.ts';

/** The printed lines of the period as it is priced at the as-of moment (rule B6). */
export async function drawLines(sheet: Sheet, document: FinalDocument): Promise<void> {
  await drawTable(sheet, { columns: lineColumns(document), rows: document.rated.lines });
}

function lineColumns(document: FinalDocument): readonly Column<PrintedLine>[] {
  const { rated, unit } = document;
  const rates = alignedDecimals(rated.lines.flatMap(({ ratePence }) => ratePence ?? []));
  const registrations = new Map(rated.vehicles.map(({ vehicle, registration }) => [vehicle, registration]));
  const vehicleWidth = rated.lines.some(({ vehicle }) => vehicle !== null) ? 92 : 0;
  const vehicleOf = ({ vehicle }: PrintedLine): string =>
    vehicle === null ? '' : (registrations.get(vehicle) ?? vehicle);
  return [
    {
      title: 'Charge',
      width: INNER_WIDTH - vehicleWidth - 254,
      align: 'left',
      text: (line) => lineText(line, rated.startDay, rated.endDay),
    },
    ...(vehicleWidth === 0
      ? []
      : [{ title: 'Vehicle', width: vehicleWidth, align: 'left', text: vehicleOf } as const]),
    {
      title: `Distance, ${unit}`,
      width: 82,
      align: 'right',
      text: ({ tenths }) => (tenths === null ? '' : distanceText(tenths)),
    },
    {
      title: `Rate, pence a ${unitWord(document)}`,
      width: 92,
      align: 'right',
      text: ({ ratePence }) => (ratePence === null ? '' : (rates.get(ratePence) ?? '')),
    },
    { title: 'Amount', width: 80, align: 'right', text: ({ pence }) => poundsText(pence) },
  ];
}

/** What is charged, and the days it covers where these are not the whole period. */
function lineText({ kind, fromDay, toDay }: PrintedLine, startDay: string, endDay: string): string {
  const isWhole = fromDay === startDay && toDay === endDay;
  return isWhole ? lineWords[kind] : `${lineWords[kind]}, ${daysText(fromDay, toDay)}`;
}

/** Net, VAT at its rate, and gross, under the column of amounts. */
export async function drawTotals(
  sheet: Sheet,
  amounts: { readonly netPence: number; readonly vatPence: number; readonly grossPence: number },
  { vatRate, grossLabel }: { readonly vatRate: string; readonly grossLabel: string },
): Promise<void> {
  const left = PAGE.right - 260;
  await makeRoom(sheet, 58);
  sheet.y += 4;
  const lines = [
    ['Net', amounts.netPence, false],
    [`VAT at ${percentText(vatRate)}`, amounts.vatPence, false],
    [grossLabel, amounts.grossPence, true],
  ] as const;
  for (const [label, pence, isGross] of lines) {
    if (isGross) rule(sheet, sheet.y, true, left);
    const style = { y: sheet.y + 3, size: 8.5, weight: isGross ? 'strong' : 'regular' } as const;
    write(sheet, label, { ...style, x: left, width: 160 });
    sheet.y +=
      write(sheet, poundsText(pence), { ...style, x: PAGE.right - 100, width: 100, align: 'right' }) + 5;
  }
}

/** Rule B11, to be followed with a pencil: the period as priced now, less each document issued before it. */
export async function drawDifference(sheet: Sheet, document: FinalDocument): Promise<void> {
  const { rated, earlier, kind, number } = document;
  await heading(sheet, 'What was issued before, and the difference');
  const amounts = (name: string, sign: 1 | -1, netPence: number, vatPence: number): readonly string[] => [
    name,
    ...[netPence, vatPence, netPence + vatPence].map((pence) => poundsText(pence === 0 ? 0 : sign * pence)),
  ];
  const rows = [
    amounts('The period as it is priced now', 1, rated.netPence, rated.vatPence),
    ...earlier.map((one) => amounts(`Less ${one.number}, issued before`, -1, one.netPence, one.vatPence)),
  ];
  await drawTable(sheet, {
    columns: ['', 'Net', `VAT at ${percentText(document.vatRate)}`, 'Gross'].map((title, i) => ({
      title,
      width: i === 0 ? INNER_WIDTH - 270 : 90,
      align: i === 0 ? 'left' : 'right',
      text: (row: readonly string[]) => row[i] ?? '',
    })),
    rows,
    total: amounts(`${documentTitles[kind]} ${number}`, 1, document.netPence, document.vatPence),
  });
}
