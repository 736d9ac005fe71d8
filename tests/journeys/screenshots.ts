import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { repositoryRoot } from '../support/electron-program.ts';
import { freePort } from '../support/free-port.ts';

/**
 * Not a journey: takes the pictures of docs/images, and small ones for looking at in out/screenshots.
 *
 *     npx playwright test --config tests/journeys/screenshots.config.ts
 */
const docsImages = path.join(repositoryRoot, 'docs', 'images');
const outImages = path.join(repositoryRoot, 'out', 'screenshots');
const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1024, height: 700 };

for (const scheme of ['dark', 'light'] as const) {
  test(`pictures of the control room, ${scheme}`, async ({ folder, openApp }) => {
    mkdirSync(outImages, { recursive: true });
    const mqttPort = String(await freePort());
    const { electron, controlRoom } = await openApp(
      '--demo',
      '--history-days',
      '5',
      '--data',
      path.join(folder, 'demo'),
      '--mqtt-port',
      mqttPort,
    );
    await controlRoom.page.emulateMedia({ colorScheme: scheme });
    const resize = (size: typeof LARGE | typeof SMALL) =>
      electron.evaluate(({ BrowserWindow }, { width, height }) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
      }, size);
    const picture = async (folderOfPicture: string, name: string): Promise<void> => {
      await controlRoom.page.screenshot({ path: path.join(folderOfPicture, `${name}-${scheme}.png`) });
    };

    await resize(LARGE);
    await expect.poll(async () => (await controlRoom.shown()).vehiclesMoving).toBeGreaterThan(50);
    // The streets are drawn in software here, and the fleet should have spread out.
    await controlRoom.page.waitForTimeout(15_000);
    await controlRoom.fleet.getByRole('row').filter({ hasText: 'Moving' }).getByRole('button').nth(4).click();
    await controlRoom.vehiclePanel.waitFor();
    // Followed, and close enough to read the streets.
    for (const key of ['f', '+', '+']) await controlRoom.page.keyboard.press(key);
    await controlRoom.page.waitForTimeout(8_000);
    await picture(docsImages, 'control-room');
    await controlRoom.askWhyThisCharge();
    await picture(docsImages, 'why-this-charge');
    await controlRoom.page.keyboard.press('Escape');
    await resize(SMALL);
    await controlRoom.page.waitForTimeout(3_000);
    await picture(outImages, 'control-room-small');
    await resize(LARGE);
    await controlRoom.goTo('Investors');
    await expect(controlRoom.page.getByRole('heading', { level: 1 })).toBeVisible();
    await controlRoom.page.waitForTimeout(3_000);
    await picture(docsImages, 'investors');
    await controlRoom.goTo('Ingest');
    await controlRoom.page.waitForTimeout(3_000);
    await picture(docsImages, 'ingest');
    await resize(SMALL);
    await controlRoom.page.waitForTimeout(1_000);
    await picture(outImages, 'ingest-small');
    await resize(LARGE);
    await controlRoom.goTo('Simulator');
    // Two beats, and time for the bill to be compared with the truth.
    for (const key of ['2', '3']) await controlRoom.page.keyboard.press(key);
    await controlRoom.page.waitForTimeout(12_000);
    await picture(docsImages, 'simulator');
    await resize(SMALL);
    await controlRoom.page.waitForTimeout(1_000);
    await picture(outImages, 'simulator-small');
  });
}
