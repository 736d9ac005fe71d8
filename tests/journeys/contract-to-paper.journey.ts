import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { DocumentDetail } from '../../core/protocol/money-asks.ts';
import { expect, test } from '../support/app-fixture.ts';
import { askRunningCore } from '../support/ask-running-core.ts';
import { freePort } from '../support/free-port.ts';
import { amountOf, printedPages, printedPence } from '../support/printed-page.ts';
import { readPdf } from '../support/read-pdf.ts';
import { HOUR_MS, noonMs, pastMonth, publishReadings } from '../support/teltonika-month.ts';

const IMEI = '356000000000035';
const month = pastMonth(Date.now());
/** Words of everything around a paper: rail, strip, head, status bar, buttons. */
const AROUND = [
  'Map',
  'Investors',
  'Ingest',
  'Ledger',
  'No alarms',
  'Collected',
  'Broker',
  'Dispute',
  'Why?',
];

/** 60 km each noon, and the same odometer at and after the end, so that nothing is provisional. */
function drivenMonth() {
  const days = Math.round((month.endMs - month.startMs) / (24 * HOUR_MS));
  const noons = Array.from({ length: days }, (_, day) => ({
    imei: IMEI,
    atMs: noonMs(month, day),
    metres: 10_000_000 + (day + 1) * 60_000,
  }));
  const metres = 10_000_000 + days * 60_000;
  const end = [month.endMs, month.endMs + HOUR_MS].map((atMs) => ({ imei: IMEI, atMs, metres }));
  return [...noons, ...end];
}

async function choose(within: Locator, label: string, option: string | RegExp): Promise<void> {
  await within
    .getByRole('combobox', { name: label })
    .or(within.getByRole('textbox', { name: label }))
    .click();
  await within.page().getByRole('option', { name: option }).click();
}

async function fill(within: Locator, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(texts)) await within.getByRole('textbox', { name }).fill(text);
}

/** A taxi that is new to the book, and its operator, under two tiers and a standing charge. */
async function enterContract(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New contract…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New contract' });
  await dialog.getByRole('button', { name: 'Add the contract' }).click();
  await expect(dialog).toContainText('Choose whose contract it is');
  await dialog.getByText('A new operator').click();
  await fill(dialog, {
    'Operator’s name': 'North Cabs',
    'Contract id': 'N1',
    'First day': month.startDay,
    'Expected use a vehicle, miles a month': '1,000',
  });
  await dialog.getByRole('button', { name: 'Add a tier' }).click();
  const rates = dialog.getByRole('textbox', { name: 'Rate, pence a mile' });
  await rates.nth(0).fill('30');
  await rates.nth(1).fill('25');
  await fill(dialog, { 'Tier 1, up to, mi': '1,000' });
  await dialog.getByRole('button', { name: 'More terms' }).click();
  await fill(dialog, { 'Standing charge a period, pounds': '100' });
  await dialog.getByRole('button', { name: 'Add a new vehicle' }).click();
  const vehicle = dialog.getByRole('group', { name: 'Vehicle 1' });
  await fill(vehicle, {
    Registration: 'MP26 AAA',
    Make: 'LEVC',
    Model: 'TX',
    'Odometer at handover': '10000',
    'Tracker’s name in it': IMEI,
  });
  await choose(vehicle, 'It shows', 'Kilometres');
  await choose(vehicle, 'Tracker’s feed', 'Teltonika MQTT');
  await choose(vehicle, 'Which odometer is billed', /^tracker odometer/);
  await fill(dialog, { Reason: 'signed on Monday' });
  await expect(dialog).toContainText('with 1 vehicle; 1 is new.');
  await dialog.getByRole('button', { name: 'Add the contract' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('complementary', { name: 'Contract' })).toContainText('MP26 AAA');
}

/** What the core alone can know stands at its field. */
async function enterItAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New contract…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New contract' });
  await choose(dialog, 'Operator', 'North Cabs');
  await fill(dialog, {
    'Contract id': 'N1',
    'Expected use a vehicle, miles a month': '1,000',
    'Rate, pence a mile': '30',
    Reason: 'once more',
  });
  await dialog.getByRole('button', { name: 'Add the contract' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Contract id' })).toHaveAccessibleDescription(
    'There is a contract "N1" already',
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

async function closeTheMonth(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Periods' }).click();
  await page.getByRole('row', { name: /draft/iu }).getByRole('button', { name: 'N1' }).click();
  await page.getByRole('button', { name: 'Close the period…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close the period of N1' });
  await fill(dialog, { Reason: 'the month is over' });
  await dialog.getByRole('button', { name: 'Issue the invoice', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Invoice INV-000001' })).toBeVisible();
}

test('a contract is entered in the window, and what it comes to is printed on paper', async ({
  folder,
  openApp,
}) => {
  const data = path.join(folder, 'data');
  const mqttPort = await freePort();
  const book = path.join(folder, 'book.json');
  const empty = { operators: [], vehicles: [], trackers: [], contracts: [], openings: [] };
  const facility = { id: 'F1', name: 'First Facility', currency: 'GBP' };
  writeFileSync(book, JSON.stringify({ facility, ...empty }));
  const { electron, controlRoom } = await openApp(
    '--data',
    data,
    '--mqtt-port',
    String(mqttPort),
    '--book',
    book,
  );
  const { page } = controlRoom;
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);
  await controlRoom.goTo('Billing');
  await page.getByRole('tab', { name: 'Contracts' }).click();
  await enterContract(page);
  await enterItAgain(page);
  await publishReadings(mqttPort, drivenMonth());
  await closeTheMonth(page);

  // The paper says what the document says, and nothing else of the window.
  const [answer, file] = await askRunningCore(data, [
    ['money.document', { number: 'INV-000001' }],
    ['money.paper', { number: 'INV-000001', format: 'pdf' }],
  ]);
  const { document } = answer as DocumentDetail;
  const rows = (await printedPages(electron)).flat();
  const text = rows.flat().join(' ');
  expect(rows[0]).toEqual(['Invoice INV-000001']);
  for (const words of AROUND) expect(text).not.toContain(words);
  expect(text).not.toContain('SIMULATED');
  const begin = rows.findIndex(([first]) => first === 'Charge') + 1;
  const net = rows.findIndex(([first]) => first === 'Net');
  const lines = rows.slice(begin, net).map((row) => printedPence(row.at(-1) ?? ''));
  expect(lines).toEqual(document.rated.lines.map(({ pence }) => pence));
  expect(lines).toHaveLength(3);
  const amounts = ['Net', 'VAT at 20%', 'Gross'].map((words) => amountOf(rows, words));
  expect(amounts).toEqual([document.netPence, document.vatPence, document.grossPence]);
  expect(lines.reduce<number>((sum, pence) => sum + (pence ?? 0), 0)).toBe(document.netPence);
  expect(document.netPence + document.vatPence).toBe(document.grossPence);

  // Its foot has the digest that the saved PDF has.
  const saved = (await readPdf(Buffer.from((file as { base64: string }).base64, 'base64'))).flat(2).join(' ');
  const digest = /Data SHA-256 ([0-9a-f]{64})/u.exec(saved)?.[1] ?? 'none';
  expect(rows.at(-1)).toEqual([`Data SHA-256 ${digest}`]);
  expect(rows.at(-2)?.[0]).toContain(`Invoice INV-000001 · As of`);

  // The button and the keys ask the system's dialog, which nobody is here to answer.
  await page.evaluate(() => {
    window.print = () => {
      const { dataset } = window.document.documentElement;
      dataset['timesPrinted'] = String(Number(dataset['timesPrinted'] ?? '0') + 1);
    };
  });
  await page.getByRole('button', { name: 'Print INV-000001' }).click();
  await page.keyboard.press('ControlOrMeta+p');
  await expect(page.locator('html')).toHaveAttribute('data-times-printed', '2');

  await controlRoom.goTo('Operators');
  await page.getByRole('button', { name: 'North Cabs' }).click();
  await expect(page.getByRole('table', { name: 'Statement' })).toContainText('INV-000001');
  await page.keyboard.press('ControlOrMeta+p');
  await expect(page.locator('html')).toHaveAttribute('data-times-printed', '3');
  const account = (await printedPages(electron)).flat();
  expect(amountOf(account, 'Together, invoiced and not paid')).toBe(document.grossPence);
  for (const words of AROUND) expect(account.flat().join(' ')).not.toContain(words);
});
