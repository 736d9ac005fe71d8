import path from 'node:path';
import { localDayOf } from '../../core/base/calendar.ts';
import { expect, test } from '../support/app-fixture.ts';
import { askRunningCore } from '../support/ask-running-core.ts';
import { freePort } from '../support/free-port.ts';
import { writeTodaysBook } from '../support/today-book.ts';

const ADA = 'ada counts to twelve';
const FINN = 'finn sails on fridays';

test('the first account is made in the window; from then on only who is signed in decides, by role', async ({
  folder,
  openApp,
}) => {
  const mqttPort = String(await freePort());
  const { controlRoom } = await openApp('--data', path.join(folder, 'data'), '--mqtt-port', mqttPort);
  const { page } = controlRoom;
  const rail = page.getByRole('navigation');
  /** What the rail's button opens: who is here, named as the button is. */
  const here = (name: string) => page.getByRole('dialog', { name, exact: true });
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);

  await rail.getByRole('button', { name: 'Account' }).click();
  await expect(here('Account')).toContainText('There are no accounts yet');
  await here('Account').getByRole('button', { name: 'Add the first account' }).click();
  const first = page.getByRole('dialog', { name: 'Add the first account' });
  await first.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Byron');
  await expect(first.getByRole('textbox', { name: 'User name' })).toHaveValue('ada.byron');
  await first.getByRole('textbox', { name: 'Password' }).fill('too short');
  await first.getByRole('button', { name: 'Add it and sign in' }).click();
  await expect(first).toContainText('9 characters are too few');
  await first.getByRole('textbox', { name: 'Password' }).fill(ADA);
  await first.getByRole('button', { name: 'Add it and sign in' }).click();
  await expect(first).toBeHidden();

  await rail.getByRole('button', { name: 'Ada' }).click();
  await expect(here('Ada')).toContainText('Ada Byron');
  await expect(here('Ada')).toContainText('Administrator');
  await here('Ada').getByRole('button', { name: 'Add an account' }).click();
  const second = page.getByRole('dialog', { name: 'Add an account' });
  await second.getByRole('textbox', { name: 'Name', exact: true }).fill('Finn Hart');
  await second.getByRole('combobox', { name: 'Roles' }).fill('finance');
  await second.getByRole('combobox', { name: 'Roles' }).press('Enter');
  await second.getByRole('textbox', { name: 'Password' }).fill(FINN);
  await second.getByRole('textbox', { name: 'Reason' }).fill('keeps the books');
  await second.getByRole('button', { name: 'Add it', exact: true }).click();
  await expect(second).toBeHidden();

  await rail.getByRole('button', { name: 'Ada' }).click();
  await here('Ada').getByRole('button', { name: 'Sign out' }).click();
  await expect(rail.getByRole('button', { name: 'Sign in' })).toBeVisible();

  // A dialog that decides offers to sign in, and then goes on with what was typed.
  await controlRoom.goTo('Ingest');
  await page.getByRole('tab', { name: 'Devices' }).click();
  await page.getByRole('button', { name: 'New group…' }).click();
  const group = page.getByRole('dialog', { name: 'New group of networks' });
  await group.getByRole('textbox', { name: 'Group' }).fill('depot');
  await group.getByRole('textbox', { name: 'Networks' }).fill('10.20.0.0/16');
  await group.getByRole('textbox', { name: 'Reason' }).fill('the private APN');
  await group.getByRole('button', { name: 'Sign in to decide' }).click();
  const signIn = page.getByRole('dialog', { name: 'Sign in' });
  await signIn.getByRole('textbox', { name: 'User name' }).fill('finn.hart');
  await signIn.getByRole('textbox', { name: 'Password' }).fill(ADA);
  await signIn.getByRole('button', { name: 'Sign in' }).click();
  await expect(signIn).toContainText('The name or the password is wrong');
  await signIn.getByRole('textbox', { name: 'Password' }).fill(FINN);
  await signIn.getByRole('button', { name: 'Sign in' }).click();
  await expect(signIn).toBeHidden();
  await group.getByRole('button', { name: 'Allow these networks' }).click();
  await expect(group).toContainText('is for operations or administrator; you are finance');
  await group.getByRole('button', { name: 'Cancel' }).click();

  await rail.getByRole('button', { name: 'Finn' }).click();
  await here('Finn').getByRole('button', { name: 'Approvals (0)' }).click();
  await expect(page.getByRole('dialog', { name: 'Waiting for a second person' })).toContainText(
    'Nothing waits',
  );
});

test('what takes two people waits for the second, who sees what it is and approves it', async ({
  folder,
  openApp,
}) => {
  const data = path.join(folder, 'data');
  const mqttPort = String(await freePort());
  const book = path.join(folder, 'book.json');
  writeTodaysBook(book);
  const { controlRoom } = await openApp('--data', data, '--mqtt-port', mqttPort, '--book', book);
  const { page } = controlRoom;
  const rail = page.getByRole('navigation');
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);
  await proposeEntry(data);

  await rail.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('dialog', { name: 'Sign in', exact: true }).getByRole('button').click();
  const signIn = page.getByRole('dialog', { name: 'Sign in' }).filter({ has: page.getByRole('textbox') });
  await signIn.getByRole('textbox', { name: 'User name' }).fill('fay');
  await signIn.getByRole('textbox', { name: 'Password' }).fill(ADA);
  await signIn.getByRole('button', { name: 'Sign in' }).click();
  await rail.getByRole('button', { name: 'Fay, 1 to approve' }).click();
  await page.getByRole('button', { name: 'Approvals (1)' }).click();
  const approvals = page.getByRole('dialog', { name: 'Waiting for a second person' });
  await expect(approvals).toContainText('Post entries written by hand');
  await expect(approvals).toContainText('Finn (finn) proposed it');
  await expect(approvals).toContainText('“a bank charge”');
  await approvals.getByRole('textbox', { name: 'Reason' }).fill('seen on the statement');
  await approvals.getByRole('button', { name: 'Approve' }).click();
  await expect(approvals).toContainText('Nothing waits');
  await page.keyboard.press('Escape');
  await expect(rail.getByRole('button', { name: 'Fay', exact: true })).toBeVisible();
});

/** Three accounts, and an entry by hand that one of them proposes, as another program on this machine would. */
async function proposeEntry(data: string): Promise<void> {
  const add = (account: string, name: string, role: string) =>
    ['account.add', { account, name, roles: [role], password: ADA, reason: 'test' }] as const;
  const signIn = (account: string) => ['session.sign-in', { account, password: ADA }] as const;
  const decision = {
    decision: 'post-entry',
    reason: 'a bank charge',
    valueDay: localDayOf(Date.now(), 'Europe/London'),
    corrects: null,
    entries: [
      { account: '5100', pence: 1_250 },
      { account: '1000', pence: -1_250 },
    ],
  };
  const answers = await askRunningCore(data, [
    add('ada', 'Ada', 'administrator'),
    signIn('ada'),
    add('finn', 'Finn', 'finance'),
    add('fay', 'Fay', 'finance'),
    signIn('finn'),
    ['decide', { decision }],
  ]);
  expect(answers.at(-1)).toEqual({ ok: true, proposal: 'P1' });
}
