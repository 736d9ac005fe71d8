import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { localDayOf } from '../../core/base/calendar.ts';
import { expect, test } from '../support/app-fixture.ts';
import { askRunningCore } from '../support/ask-running-core.ts';
import { freePort } from '../support/free-port.ts';
import { readPdf } from '../support/read-pdf.ts';
import {
  HOUR_MS,
  noonMs,
  type OdometerReading,
  pastMonth,
  publishReadings,
} from '../support/teltonika-month.ts';

const PASSWORD = 'counts to the last penny';
const [IMEI_A, IMEI_B] = ['356000000000019', '356000000000027'];

/** Whole metres for every 125 miles. */
const METRES_AT_10_000_MILES = 16_093_440;
const METRES_AT_10_875_MILES = 17_501_616;
const METRES_AT_11_000_MILES = 17_702_784;
const METRES_AT_11_125_MILES = 17_903_952;

const month = pastMonth(Date.now());

/** A's days until a glitch on the eleventh: 60 km too much, then three true readings that fall back from it. */
function untilGlitch(): OdometerReading[] {
  const daily = Array.from({ length: 10 }, (_, day) => ({
    imei: IMEI_A,
    atMs: noonMs(month, day),
    metres: METRES_AT_10_000_MILES + (day + 1) * 40_000,
  }));
  const glitchMs = noonMs(month, 10);
  const glitch = [500_000, 442_000, 444_000, 446_000].map((metres, i) => ({
    imei: IMEI_A,
    atMs: glitchMs + i * 600_000,
    metres: METRES_AT_10_000_MILES + metres,
  }));
  return [...daily, ...glitch];
}

/** The rest of A's month: 10,875 miles twelve hours before its end, 11,125 twelve hours after. */
function restOfA(): OdometerReading[] {
  const days = Math.round((month.endMs - noonMs(month, 11)) / (24 * HOUR_MS)) - 1;
  const daily = Array.from({ length: days }, (_, i) => ({
    imei: IMEI_A,
    atMs: noonMs(month, 11 + i),
    metres: METRES_AT_10_000_MILES + 480_000 + i * 30_000,
  }));
  return [
    ...daily,
    { imei: IMEI_A, atMs: month.endMs - 12 * HOUR_MS, metres: METRES_AT_10_875_MILES },
    { imei: IMEI_A, atMs: month.endMs + 12 * HOUR_MS, metres: METRES_AT_11_125_MILES },
  ];
}

/** B drives 500 km, gets a new odometer on the sixteenth that begins at 12 km, and drives 250 km more. */
function monthOfB(): OdometerReading[] {
  const old = Array.from({ length: 15 }, (_, day) => ({
    imei: IMEI_B,
    atMs: noonMs(month, day),
    metres: 20_000_000 + (day + 1) * 33_000,
  }));
  const days = Math.round((month.endMs - noonMs(month, 15)) / (24 * HOUR_MS)) - 1;
  const fresh = Array.from({ length: days }, (_, i) => ({
    imei: IMEI_B,
    atMs: noonMs(month, 15) + i * 24 * HOUR_MS,
    metres: 14_000 + i * 15_000,
  }));
  const end = [month.endMs, month.endMs + HOUR_MS].map((atMs) => ({ imei: IMEI_B, atMs, metres: 262_000 }));
  return [...old, ...fresh, ...end];
}

function contractsCsv(): string {
  const head =
    'operator_id,operator_name,contract_id,unit,start,rates,expected_miles_per_month,vat_rate,vehicle_id,registration,make,model,class,powertrain,opening_value,opening_unit,tracker_provider,tracker_id,tracker_origin';
  const row = (vehicle: string, registration: string, opening: string, imei: string): string =>
    `north,North Cabs,N1,mi,${month.startDay},30,1000,20%,${vehicle},${registration},LEVC,TX,taxi,BEV,${opening},teltonika-mqtt-json,${imei},tracker`;
  return `${[head, row('taxi-a', 'MP26 AAA', '10000,mi', IMEI_A), row('taxi-b', 'MP26 AAB', '20000,km', IMEI_B)].join('\n')}\n`;
}

/** An administrator, and two people of whom one proposes and the other approves. */
async function addPeople(data: string): Promise<void> {
  const add = (account: string, name: string, roles: readonly string[]) =>
    ['account.add', { account, name, roles, password: PASSWORD, reason: 'starts today' }] as const;
  await askRunningCore(data, [
    add('ada', 'Ada', ['administrator']),
    ['session.sign-in', { account: 'ada', password: PASSWORD }],
    add('finn', 'Finn', ['finance', 'operations']),
    add('fay', 'Fay', ['finance', 'operations']),
  ]);
}

async function signIn(page: Page, account: string): Promise<void> {
  const rail = page.getByRole('navigation');
  await rail.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('dialog', { name: 'Sign in', exact: true }).getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'Sign in' }).filter({ has: page.getByRole('textbox') });
  await dialog.getByRole('textbox', { name: 'User name' }).fill(account);
  await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
}

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name }).click();
  await page.getByRole('dialog', { name }).getByRole('button', { name: 'Sign out' }).click();
}

/** Fay approves what Finn proposed, and Finn is back at the window. */
async function approvedByFay(page: Page): Promise<void> {
  await signOut(page, 'Finn');
  await signIn(page, 'fay');
  await page.getByRole('navigation').getByRole('button', { name: 'Fay, 1 to approve' }).click();
  await page.getByRole('button', { name: 'Approvals (1)' }).click();
  const approvals = page.getByRole('dialog', { name: 'Waiting for a second person' });
  await approvals.getByRole('textbox', { name: 'Reason' }).fill('seen with my own eyes');
  await approvals.getByRole('button', { name: 'Approve' }).click();
  await expect(approvals).toContainText('Nothing waits');
  await page.keyboard.press('Escape');
  await signOut(page, 'Fay');
  await signIn(page, 'finn');
}

async function decideIn(page: Page, title: string | RegExp, confirm: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function openPeriod(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Periods' }).click();
  await page
    .getByRole('row', { name: /N1.*draft|N1.*correction due|N1.*final/iu })
    .last()
    .getByRole('button', { name: 'N1' })
    .click();
}

test('a month of contracts that are imported is closed, corrected, paid, and opened down to a packet', async ({
  folder,
  openApp,
}) => {
  test.setTimeout(240_000);
  const data = path.join(folder, 'data');
  const mqttPort = await freePort();
  const book = path.join(folder, 'book.json');
  const empty = { operators: [], vehicles: [], trackers: [], contracts: [], openings: [] };
  const facility = { id: 'F1', name: 'First Facility', currency: 'GBP', servicingFeeRate: '0.05' };
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
  await addPeople(data);
  await signIn(page, 'finn');
  await electron.evaluate(({ session }, target) => {
    session.defaultSession.on('will-download', (_event, item) =>
      item.setSavePath(`${target}/${item.getFilename()}`),
    );
  }, folder);

  // Contracts, from a spreadsheet: an error by its line first, then what is right.
  await controlRoom.goTo('Billing');
  await page.getByRole('tab', { name: 'Contracts' }).click();
  await page.getByRole('button', { name: 'Import contracts…' }).click();
  const importing = page.getByRole('dialog', { name: 'Import contracts' });
  const chooseCsv = async (csv: string): Promise<void> => {
    const choosing = page.waitForEvent('filechooser');
    await importing.getByRole('button', { name: 'Contracts, CSV' }).click();
    await (
      await choosing
    ).setFiles({ name: 'contracts.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  };
  await chooseCsv(contractsCsv().replace('20000,km', 'twenty,km'));
  await expect(importing.getByRole('table')).toContainText('opening_value');
  await chooseCsv(contractsCsv());
  await expect(importing).toContainText('Every line is right');
  await decideIn(page, 'Import contracts', 'Add to the book', 'signed on Monday');
  await expect(page.getByRole('table', { name: 'Contracts' })).toContainText('North Cabs');

  // The month is driven at speed. A's tracker has a glitch; two people reject the reading that was too high.
  await publishReadings(mqttPort, untilGlitch());
  await openPeriod(page);
  await page.getByRole('button', { name: 'Judge the readings of MP26 AAA' }).click();
  const readings = page.getByRole('dialog', { name: 'Readings of MP26 AAA that do not count' });
  await expect(
    readings.getByRole('table', { name: 'Readings that do not count' }).getByRole('row'),
  ).toHaveCount(4);
  await expect(readings).toContainText('The readings after it speak against it');
  await readings.getByRole('button', { name: 'Reject it…' }).click();
  await decideIn(
    page,
    'Reject a reading of MP26 AAA',
    'Reject the reading',
    'the tracker was reset that noon',
  );
  await page.keyboard.press('Escape');
  await approvedByFay(page);
  await expect(page.getByRole('region', { name: 'Exceptions' })).not.toContainText('MP26 AAA: rollback');

  // B got a new odometer.
  await publishReadings(mqttPort, [...restOfA(), ...monthOfB()]);
  await page.getByRole('button', { name: 'Judge the readings of MP26 AAB' }).click();
  await page
    .getByRole('dialog', { name: 'Readings of MP26 AAB that do not count' })
    .getByRole('button', { name: 'Odometer was replaced…' })
    .click();
  const epoch = page.getByRole('dialog', { name: 'Odometer of MP26 AAB was replaced' });
  const replacedAt = new Date(noonMs(month, 15) - 3 * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ');
  await epoch.getByRole('textbox', { name: 'When (UTC)' }).fill(replacedAt);
  await epoch.getByRole('textbox', { name: 'Old odometer, last value' }).fill('20500');
  await epoch.getByRole('textbox', { name: 'New odometer, first value' }).fill('12');
  await epoch.getByText('Kilometres').click();
  await decideIn(page, 'Odometer of MP26 AAB was replaced', 'Begin the new odometer', 'workshop sheet 118');
  await page.keyboard.press('Escape');
  await approvedByFay(page);
  await expect(page.getByRole('region', { name: 'Exceptions' })).toContainText(
    'Nothing speaks against closing',
  );

  // 1,000.0 miles of A and 750 km, 466.0 miles, of B: £439.80 and VAT.
  // It changed while Finn looked at it, and he has to say that he saw what it comes to now.
  await page.getByRole('button', { name: 'I have seen it' }).click();
  await page.getByRole('button', { name: 'Close the period…' }).click();
  const closing = page.getByRole('dialog', { name: 'Close the period of N1' });
  await expect(closing).toContainText('£439.80 net, £87.96 VAT, £527.76 gross');
  await decideIn(page, 'Close the period of N1', 'Issue the invoice', 'the month is over');
  const paper = page.getByRole('region', { name: 'The document' });
  await expect(paper).toContainText('1,466.0 mi');
  await page.getByRole('button', { name: 'Save INV-000001 as PDF' }).click();
  await expect.poll(() => printedIn(path.join(folder, 'INV-000001.pdf'))).toContain('£527.76');

  // A buffered reading of A arrives: 11,000 miles six hours before the month's end.
  const late = { imei: IMEI_A, atMs: month.endMs - 6 * HOUR_MS, metres: METRES_AT_11_000_MILES };
  await publishReadings(mqttPort, [late]);
  await openPeriod(page);
  await page.getByRole('button', { name: 'Issue the correction…' }).click();
  await expect(page.getByRole('dialog', { name: 'Correct N1' })).toContainText(
    '£12.48 net, £2.50 VAT, £14.98 gross',
  );
  await decideIn(page, 'Correct N1', 'Issue the supplementary invoice', 'a buffered reading');
  await expect(page.getByRole('heading', { name: 'Supplementary invoice SUP-000002' })).toBeVisible();

  // The bank says who paid; the receipt finds its document.
  await page.getByRole('tab', { name: 'Receipts' }).click();
  await page.getByRole('button', { name: 'Import a bank statement…' }).click();
  const bank = page.getByRole('dialog', { name: 'Import a bank statement' });
  const today = localDayOf(Date.now(), 'Europe/London');
  const choosing = page.waitForEvent('filechooser');
  await bank.getByRole('button', { name: 'Bank statement, CSV' }).click();
  const statement = `Date,Payer,Reference,Amount,Transaction ID\n${today},NORTH CABS LTD,INV-000001,527.76,F-1\n`;
  await (await choosing).setFiles({ name: 'bank.csv', mimeType: 'text/csv', buffer: Buffer.from(statement) });
  await expect(bank.getByRole('checkbox', { name: 'INV-000001 £527.76' })).toBeChecked();
  await decideIn(page, 'Import a bank statement', 'Record 1 receipt', 'statement of today');
  await page.getByRole('tab', { name: 'Documents' }).click();
  await expect(page.getByRole('row', { name: /INV-000001/u })).toContainText(/paid/iu);

  // A penny of it, down to its packet.
  await page.getByRole('button', { name: 'SUP-000002' }).click();
  await page.getByRole('button', { name: 'Why this charge? MP26 AAA' }).click();
  await expect(controlRoom.charge).toContainText('£');
  const openPacket = async (): Promise<string> => textOfDump(await controlRoom.chargePayload.innerText());
  await expect.poll(openPacket).toContain(`"16":${METRES_AT_11_125_MILES}`);
  await controlRoom.charge
    .getByRole('button', { name: /^Accepted/u })
    .nth(-2)
    .click();
  await expect.poll(openPacket).toContain(`"16":${METRES_AT_11_000_MILES}`);
});

/** What is printed in a PDF that was saved; empty while it is not there. */
async function printedIn(file: string): Promise<string> {
  return existsSync(file) ? (await readPdf(readFileSync(file))).flat(2).join(' ') : '';
}

/** The text of a packet from its bytes in hexadecimal, sixteen a line after their offset. */
function textOfDump(dump: string): string {
  const lines = dump.split('\n').map((line) => line.slice(6, 54).replaceAll(' ', ''));
  return Buffer.from(lines.join(''), 'hex').toString('utf8');
}
