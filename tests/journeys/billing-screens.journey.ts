import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { freePort } from '../support/free-port.ts';
import { printedPages } from '../support/printed-page.ts';

test('every screen about money opens on a fresh demo, by keyboard, and says what is not there yet', async ({
  folder,
  openApp,
}) => {
  const { controlRoom, electron } = await openApp(
    '--demo',
    '--history-days',
    '3',
    '--data',
    path.join(folder, 'demo'),
    '--mqtt-port',
    String(await freePort()),
  );
  const { page } = controlRoom;
  const split = page.getByLabel('Collected, invoiced, accrued and estimated');
  await expect(controlRoom.simulatedMark).toBeVisible();

  await page.keyboard.press('4');
  await expect(page.getByRole('heading', { name: 'Billing', level: 1 })).toBeVisible();
  await expect(split).toContainText('Estimated');
  const periods = page.getByRole('table', { name: 'Periods by contract' });
  await periods.getByRole('button').first().click();
  const period = page.getByRole('complementary', { name: 'Period' });
  await expect(period.getByRole('button', { name: 'Close the period…' })).toBeDisabled();
  await expect(period).toContainText('Period not over');
  await expect(period.getByRole('table', { name: 'Lines' })).toContainText('Gross');
  await page.keyboard.press('Escape');
  await expect(period).toBeHidden();
  await page.keyboard.press('/');
  await page.keyboard.type('nobody is called this');
  await expect(page.getByText(/None of \d+ periods is like that/)).toBeVisible();

  for (const [tab, words] of [
    ['Documents', 'No document yet'],
    ['Receipts', 'No money came in yet'],
    ['Dunning', 'No document is open'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab })).toContainText(words);
  }
  await page.getByRole('tab', { name: 'Contracts' }).click();
  await page.getByRole('table', { name: 'Contracts' }).getByRole('button').first().click();
  await expect(page.getByRole('complementary', { name: 'Contract' })).toContainText('holds today');

  await page.keyboard.press('5');
  await page.getByRole('table', { name: 'Operators' }).getByRole('button').first().click();
  await expect(page.getByRole('table', { name: 'Statement' })).toContainText('Owed at the end');
  const statement = await printedPages(electron);
  for (const rows of statement) {
    const words = rows.flat();
    expect(words).toContain('SIMULATED');
    expect(words.join(' ')).toMatch(/Statement of account, .+ · As of .+ UTC, journal position \d+/u);
    expect(words.join(' ')).not.toContain('Investors');
  }
  expect(statement[0]?.flat().join(' ')).toContain('Nobody owes this');
  for (const tab of ['Documents', 'Fleet', 'Terms']) await page.getByRole('tab', { name: tab }).click();
  await expect(page.getByRole('tabpanel', { name: 'Terms' })).toContainText('holds today');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('table', { name: 'Operators' })).toBeVisible();

  await page.keyboard.press('6');
  await expect(page.getByRole('heading', { name: 'Ledger', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Post by hand…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Post by hand' });
  await dialog.getByLabel('Debit').first().fill('1,23');
  await dialog.getByRole('button', { name: 'Post the set' }).click();
  await expect(dialog).toContainText('Write it like £1,234.56');
  await expect(dialog).toContainText('Say why, in a few words');
  await page.keyboard.press('Escape');
  await page.getByLabel('As of, UTC').fill('2020-01-01 00:00');
  await expect(page.getByText('Nothing was posted yet at that moment.')).toBeVisible();
});
