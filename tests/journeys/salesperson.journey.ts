import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { freePort } from '../support/free-port.ts';
import { readPdf } from '../support/read-pdf.ts';

const VEHICLES = 60;
const HISTORY_DAYS = 6;

test('a salesperson’s first minutes: moving map, history, a charge, beats, an invoice, and begins again', async ({
  folder,
  openApp,
}) => {
  test.setTimeout(300_000);
  const { electron, controlRoom } = await openApp(
    '--demo',
    '--vehicles',
    String(VEHICLES),
    '--history-days',
    String(HISTORY_DAYS),
    '--data',
    path.join(folder, 'demo'),
    '--mqtt-port',
    String(await freePort()),
  );
  const { page } = controlRoom;
  await electron.evaluate(({ session }, target) => {
    session.defaultSession.on('will-download', (_event, item) =>
      item.setSavePath(`${target}/${item.getFilename()}`),
    );
  }, folder);

  // The days before pass on the map, and one need not wait for them.
  const lapse = page.getByRole('status', { name: 'Time-lapse' });
  await expect(lapse).toContainText(/Time-lapse: .*, day \d+ of 7/u);
  await expect.poll(async () => (await controlRoom.shown()).vehiclesDrawn).toBe(VEHICLES);
  await expect(controlRoom.simulatedMark).toBeVisible();
  await lapse.getByRole('button', { name: 'Skip to live' }).click();
  await expect(lapse).toBeHidden();
  await expect.poll(async () => (await controlRoom.shown()).vehiclesMoving).toBeGreaterThan(10);

  // The history is in the charts.
  await page.keyboard.press('2');
  await expect(page.getByRole('heading', { name: /Milepost Demo Facility/u })).toBeVisible();
  await page.getByText('Table', { exact: true }).first().click();
  await expect(page.getByRole('cell', { name: 'closed' })).toHaveCount(HISTORY_DAYS);

  // A charge, down to its packets.
  await controlRoom.goTo('Map');
  await controlRoom.fleet.getByRole('row').filter({ hasText: 'Moving' }).getByRole('button').first().click();
  await controlRoom.askWhyThisCharge();
  await expect(controlRoom.charge).toContainText('£');
  await page.keyboard.press('Escape');

  // On the Simulator screen the digits play beats.
  await page.keyboard.press('7');
  await expect(page.getByRole('heading', { name: 'Simulator', level: 1 })).toBeVisible();
  const truth = page.getByRole('region', { name: 'Truth against product' });
  await expect(truth).toContainText('Billed by the product');
  const happened = page.getByRole('table', { name: 'What was brought about' });
  for (const [key, words] of [
    ['2', /has crashed: an impact, then it stands/u],
    ['3', /The Renault feed is silent for 5 minutes/u],
    ['4', /Lockdown: demand is 30 %/u],
  ] as const) {
    await page.keyboard.press(key);
    await expect(happened.getByRole('row').filter({ hasText: words })).toContainText(/on for|left/u);
  }
  await page.keyboard.press('1');
  await expect(happened.getByRole('row').filter({ hasText: 'Lockdown' })).toContainText('over');

  // The month ends while one watches, and its invoices are there.
  await page.keyboard.press('5');
  await expect(lapse).toContainText(/day [2-9] of \d+/u);
  await expect(lapse).toBeHidden({ timeout: 120_000 });
  await controlRoom.goTo('Billing');
  await page.getByRole('tab', { name: 'Documents' }).click();
  await page.getByRole('button', { name: 'INV-000001' }).click();
  await page.getByRole('button', { name: 'Save INV-000001 as PDF' }).click();
  const printed = async (): Promise<string> => {
    const file = path.join(folder, 'INV-000001.pdf');
    return existsSync(file) ? (await readPdf(readFileSync(file))).flat(2).join(' ') : '';
  };
  await expect.poll(printed).toMatch(/simulated/iu);

  // One keystroke and one answer, and it is the first day again.
  await page.keyboard.press('Control+Shift+R');
  const reset = page.getByRole('dialog', { name: 'Reset the demo?' });
  await expect(reset).toContainText('every invoice, payment and decision made in it');
  await reset.getByRole('button', { name: 'Reset the demo' }).click();
  await expect(lapse).toContainText('day 1 of 7');
  await controlRoom.goTo('Billing');
  await page.getByRole('tab', { name: 'Documents' }).click();
  await expect(page.getByRole('button', { name: 'INV-000001' })).toHaveCount(0);
});
