import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { freePort } from '../support/free-port.ts';

test('the demo fleet of 250 drives on the map, and miles and pounds count up', async ({
  folder,
  openApp,
}, testInfo) => {
  const openedAtMs = performance.now();
  const mqttPort = String(await freePort());
  const { controlRoom } = await openApp(
    '--demo',
    '--history-days',
    '2',
    '--data',
    path.join(folder, 'demo'),
    '--mqtt-port',
    mqttPort,
  );
  const complaints: string[] = [];
  controlRoom.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await expect(controlRoom.map).toBeVisible();
  await expect.poll(async () => (await controlRoom.shown()).vehiclesDrawn).toBe(250);
  const seconds = ((performance.now() - openedAtMs) / 1_000).toFixed(1);
  testInfo.annotations.push({ type: 'all 250 drawn after launch', description: `${seconds} s` });

  await expect.poll(async () => (await controlRoom.shown()).vehiclesMoving).toBeGreaterThan(50);
  await expect(controlRoom.simulatedMark).toBeVisible();
  await expect(controlRoom.statusBar).toContainText('SIMULATED');

  const before = await controlRoom.shown();
  await expect
    .poll(async () => {
      const { tenthsToday, penceToday } = await controlRoom.shown();
      return tenthsToday > before.tenthsToday && penceToday > before.penceToday;
    })
    .toBe(true);

  await controlRoom.fleet.getByRole('row').filter({ hasText: 'Moving' }).getByRole('button').first().click();
  await controlRoom.askWhyThisCharge();
  await controlRoom.page.keyboard.press('Escape');
  await controlRoom.goTo('Investors');
  await expect(controlRoom.page.getByRole('heading', { name: /Milepost Demo Facility/ })).toBeVisible();

  // A style sheet, a font or a worker that the policy refuses would complain here.
  expect(complaints).toEqual([]);
});
