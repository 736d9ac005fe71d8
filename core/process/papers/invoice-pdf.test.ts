import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  aCreditNote,
  aFinalDocument,
  anInvoiceOfVehicles,
  anIssuer,
} from '../../../tests/support/a-final-document.ts';
import { readPdf } from '../../../tests/support/read-pdf.ts';
import { must } from '../../base/assert.ts';
import { parseDecimal } from '../../base/decimal.ts';
import { pricePence } from '../../base/money.ts';
import { type FinalDocument, finalDocumentSchema } from '../../protocol/document.ts';
import { dataSha256Hex } from './data-hash.ts';
import { invoicePdf } from './invoice-pdf.ts';

const pagesOf = async (document: FinalDocument): ReturnType<typeof readPdf> =>
  readPdf(await invoicePdf(finalDocumentSchema.parse(document), anIssuer));

test('an invoice says whose it is, what for, how much, and where the distance comes from', async () => {
  const document = aFinalDocument();
  const [rows = [], ...further] = await pagesOf(document);
  expect(further).toEqual([]);
  expect(
    rows
      .slice(
        0,
        rows.findIndex(([text]) => text === 'Charges for 1–31 March 2026'),
      )
      .flat(),
  ).toEqual(
    expect.arrayContaining([
      'Invoice',
      'INV-000042',
      'Milepost Vehicle Finance Ltd',
      'VAT number GB 123 4567 89',
      'Zażółć & Søn Taxis Ltd',
      '4 April 2026',
      '18 April 2026',
      'Northbank Facility 1',
      'con-london-1',
      '1–31 March 2026',
      'Europe/London',
      'To be paid by 18 April 2026',
      '£768.42',
    ]),
  );
  expect(from(rows, 'Charge')).toEqual([
    ['Charge', 'Distance, mi', 'Rate, pence a mile', 'Amount'],
    ['Standing charge', '£450.00'],
    ['Distance', '1,000.0', '12.0', '£120.00'],
    ['Distance, 15–31 March 2026', '234.5', '30.0', '£70.35'],
    ['Net', '£640.35'],
    ['VAT at 20%', '£128.07'],
    ['Total', '£768.42'],
    ['How to pay'],
    ['Account 12345678, sort code 12-34-56, Milepost Vehicle Finance Ltd'],
    ['Please quote the invoice number.'],
    ['Distance of each vehicle'],
    ['Odometer at', 'Odometer at'],
    ['Registration', 'Vehicle', 'start, mi', 'end, mi', 'Distance, mi', 'Note'],
    ['LX24 ABC', 'veh-lx24-abc', '12,345.6', '13,145.6', '800.0'],
    ['LX24 ABD', 'veh-lx24-abd', '0.9', '435.4', '434.5', 'Provisional'],
    ['Unauthenticated transport'],
    ['Together', '2 vehicles', '1,234.5'],
    ['Odometers are cut to whole tenths of a mile, as distance is counted.'],
    [
      'Provisional: the vehicle has not reported since before the end. Its last accepted reading is used, and what is missing is settled when it',
    ],
    ['reports again.'],
    ['Unauthenticated transport: some reading came from a sender that did not prove who it is.'],
    ['How these figures were made'],
    [
      'Each line is distance times rate, rounded once to a penny, half away from zero. The net amount is the sum of the lines; VAT is rounded',
    ],
    ['once.'],
    ['Made from the journal before position 48211, received up to 4 April 2026, 00:00:05 (UTC+01:00).'],
    [`Readings and terms SHA-256 ${document.inputsSha256Hex}. Rules version 1, decoders`],
    ['version 1, time zones 2026a.'],
    ['Invoice INV-000042 · As of 4 April 2026, 00:00:05 (UTC+01:00)', 'Page 1 of 1'],
    [`Data SHA-256 ${dataSha256Hex(document)}`],
  ]);
});

test('a credit note leads from the new price over what was issued to the difference', async () => {
  const rows = (await pagesOf(aCreditNote())).flat();
  expect(from(rows, 'Charge').slice(0, 12)).toEqual([
    ['Charge', 'Distance, mi', 'Rate, pence a mile', 'Amount'],
    ['Standing charge', '£450.00'],
    ['Distance', '1,000.0', '12.0', '£120.00'],
    ['Distance, 15–31 March 2026', '201.0', '30.0', '£60.30'],
    ['Net', '£630.30'],
    ['VAT at 20%', '£126.06'],
    ['Gross', '£756.36'],
    ['What was issued before, and the difference'],
    ['Net', 'VAT at 20%', 'Gross'],
    ['The period as it is priced now', '£630.30', '£126.06', '£756.36'],
    ['Less INV-000042, issued before', '−£640.35', '−£128.07', '−£768.42'],
    ['Credit note CN-000007', '−£10.05', '−£2.01', '−£12.06'],
  ]);
  expect(rows).toContainEqual(['Corrects', 'INV-000042']);
  expect(rows).toContainEqual(['−£12.06']);
  expect(rows).toContainEqual([
    'Corrected because of what came, or was decided on, since: journal positions 48300–48302, 50001.',
  ]);
  expect(rows.flat()).not.toContain('How to pay');
});

test('a supplementary invoice is to be paid, and counts every document before it', async () => {
  const credit = aCreditNote();
  const invoice = aFinalDocument();
  const supplementary: FinalDocument = {
    ...invoice,
    number: 'SUP-000001',
    kind: 'supplementary',
    earlier: [
      ...credit.earlier,
      { number: credit.number, netPence: credit.netPence, vatPence: credit.vatPence },
    ],
    tenths: 335,
    netPence: 1_005,
    vatPence: 201,
    grossPence: 1_206,
  };
  const rows = (await pagesOf(supplementary)).flat();
  expect(rows).toContainEqual(['Supplementary invoice']);
  expect(from(rows, 'The period as it is priced now').slice(0, 6)).toEqual([
    ['The period as it is priced now', '£640.35', '£128.07', '£768.42'],
    ['Less INV-000042, issued before', '−£640.35', '−£128.07', '−£768.42'],
    ['Less CN-000007, issued before', '£10.05', '£2.01', '£12.06'],
    ['Supplementary invoice SUP-000001', '£10.05', '£2.01', '£12.06'],
    ['How to pay'],
    [anIssuer.paymentLines[0]],
  ]);
});

test('three thousand vehicles have their heads on every page, and come to the totals', async () => {
  const document = anInvoiceOfVehicles(3_000);
  const pages = await pagesOf(document);
  expect(pages.length).toBeGreaterThan(100);
  pages.forEach((rows, i) =>
    expect(rows.at(-2)).toEqual([expect.stringContaining('INV-000042'), `Page ${i + 1} of ${pages.length}`]),
  );
  const headOf = { charge: 'Charge', vehicle: 'Registration' };
  const lines = pages.map((rows) => ({
    head: rows.findIndex(([text]) => text === headOf.charge),
    first: rows.findIndex((row) => row[0] === 'Distance' && row.length === 5),
    amounts: rows.filter((row) => row[0] === 'Distance' && row.length === 5).map((row) => wholeOf(row[4])),
  }));
  const vehicles = pages.map((rows) => ({
    head: rows.findIndex(([text]) => text === headOf.vehicle),
    first: rows.findIndex(([text]) => /^EV\d\d \d{4}$/.test(text ?? '')),
    tenths: rows.filter(([text]) => /^EV\d\d \d{4}$/.test(text ?? '')).map((row) => wholeOf(row[4])),
  }));
  for (const { head, first } of [...lines, ...vehicles].filter(({ first }) => first >= 0))
    expect(head >= 0 && head < first).toBe(true);
  expect(lines.flatMap(({ amounts }) => amounts)).toHaveLength(3_000);
  expect(sum(lines.flatMap(({ amounts }) => amounts))).toBe(document.netPence);
  expect(vehicles.flatMap(({ tenths }) => tenths)).toHaveLength(3_000);
  expect(sum(vehicles.flatMap(({ tenths }) => tenths))).toBe(document.tenths);
});

test('a reader with a pencil gets the printed total from the printed lines', async () => {
  const printedRate = fc
    .tuple(fc.nat(99), fc.nat(9_999))
    .map(([whole, rest]) => `${whole}.${String(rest).padStart(4, '0')}`);
  const charges = fc.array(fc.tuple(fc.nat(5_000_000), printedRate), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(charges, async (given) => {
      const rows = (await pagesOf(invoiceOf(given))).flat();
      const lines = rows.filter((row) => row[0] === 'Distance' && row.length === 4);
      const worked = lines.map((row) => pencil(wholeOf(row[1]), row[2] ?? ''));
      expect(lines).toHaveLength(given.length);
      expect(lines.map((row) => wholeOf(row[3]))).toEqual(worked);
      expect(wholeOf(after(rows, 'Net'))).toBe(sum(worked));
      expect(wholeOf(after(rows, 'Total'))).toBe(sum(worked) + wholeOf(after(rows, 'VAT at 20%')));
    }),
    { numRuns: 8 },
  );
});

test('what is simulated says so on every page, and nothing else does', async () => {
  const simulated = await pagesOf({ ...anInvoiceOfVehicles(60), isSimulated: true });
  expect(simulated.length).toBeGreaterThan(2);
  for (const rows of simulated) expect(rows.flat()).toContain('SIMULATED');
  expect((await pagesOf(aFinalDocument())).flat(2)).not.toContain('SIMULATED');
});

test('names of any length and with any character stay inside their columns', async () => {
  const invoice = aFinalDocument();
  const [first, second] = invoice.rated.vehicles;
  const vehicles = [
    { ...must(first, 'two vehicles'), vehicle: 'v'.repeat(64), registration: 'A\tB\u0000C\u202E' },
    must(second, 'two vehicles'),
  ];
  const rows = (await pagesOf({ ...invoice, rated: { ...invoice.rated, vehicles } })).flat();
  const broken = rows.flat().filter((text) => /^v+$/.test(text));
  expect(broken.length).toBeGreaterThan(2);
  expect(broken.join('')).toBe('v'.repeat(64));
  expect(rows.flat()).toContain('A B C');
});

test('the two weights of Noto Sans are embedded, and no other font is used', async () => {
  const bytes = Buffer.from(await invoicePdf(aFinalDocument(), anIssuer)).toString('latin1');
  const fonts = new Set([...bytes.matchAll(/\/BaseFont \/(?:[A-Z]{6}\+)?(\S+)/g)].map(([, name]) => name));
  expect(fonts).toEqual(new Set(['NotoSans-SemiBold', 'NotoSans-Regular']));
  expect(bytes.match(/\/FontFile2 /g)).toHaveLength(2);
  expect(bytes).not.toContain('/Type1');
});

test('a paper is the same whatever was printed before it', async () => {
  const first = await invoicePdf(aFinalDocument(), anIssuer);
  await invoicePdf(anInvoiceOfVehicles(60), anIssuer);
  expect(Buffer.compare(await invoicePdf(aFinalDocument(), anIssuer), first)).toBe(0);
  expect(Buffer.compare(await invoicePdf(aCreditNote(), anIssuer), first)).not.toBe(0);
});

test('the same data gives the same bytes, on any clock and in any time zone', async () => {
  const script = fileURLToPath(new URL('../../../tests/support/print-papers.ts', import.meta.url));
  const print = async (offMs: number, environment: NodeJS.ProcessEnv): Promise<readonly string[]> => {
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', script, String(offMs)], {
      env: { ...process.env, ...environment },
    });
    return (await run).stdout.trim().split(' ');
  };
  const TEN_YEARS_MS = 315_576_000_000;
  const [yearHere, ...here] = await print(0, { TZ: 'Pacific/Kiritimati', LANG: 'en_GB.UTF-8' });
  const [yearThere, ...there] = await print(TEN_YEARS_MS, { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8' });
  expect(Number(yearThere) - Number(yearHere)).toBeGreaterThanOrEqual(9);
  expect(here).toHaveLength(4);
  expect(there).toEqual(here);
});

/** An invoice of one vehicle with these tiers: tenths and pence a mile. */
function invoiceOf(charges: readonly (readonly [number, string])[]): FinalDocument {
  const invoice = aFinalDocument();
  const line = must(invoice.rated.lines[1], 'a line of distance');
  const lines = charges.map(([tenths, ratePence]) => ({
    ...line,
    tenths,
    ratePence,
    pence: pencil(tenths, ratePence),
  }));
  const netPence = sum(lines.map(({ pence }) => pence));
  const amounts = {
    netPence,
    vatPence: Math.round(netPence / 5),
    grossPence: netPence + Math.round(netPence / 5),
  };
  return { ...invoice, ...amounts, rated: { ...invoice.rated, ...amounts, lines } };
}

function pencil(tenths: number, rate: string): number {
  const decimal = parseDecimal(rate);
  return decimal.ok ? pricePence(tenths, decimal.value) : Number.NaN;
}

/** Pence or tenths of a printed figure. */
function wholeOf(text: string | undefined): number {
  return Number((text ?? '').replace('−', '-').replaceAll(/[£,.]/g, ''));
}

function from(rows: readonly (readonly string[])[], text: string): readonly (readonly string[])[] {
  return rows.slice(rows.findIndex((row) => row[0] === text));
}

function after(rows: readonly (readonly string[])[], label: string): string | undefined {
  return rows.find((row) => row[0] === label)?.[1];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
