import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { freePort } from '../support/free-port.ts';

test('a taken MQTT port is named, and the next one is a click away', async ({ folder, openApp }) => {
  const taken = await freePort();
  const other = createServer().listen(taken, '127.0.0.1');
  await once(other, 'listening');
  try {
    const data = path.join(folder, 'data');
    const { controlRoom } = await openApp('--data', data, '--mqtt-port', String(taken));
    await expect(controlRoom.banner).toContainText(String(taken));
    await controlRoom.banner.getByRole('button', { name: /Use port \d+ instead/ }).click();
    await expect(controlRoom.statusBar).toContainText('127.0.0.1:');
    await expect(controlRoom.statusBar).not.toContainText(`127.0.0.1:${taken} `);
    await expect(controlRoom.banner).toBeHidden();
  } finally {
    other.close();
  }
});

/** Run in the page: its text, as soon as it says that it was loaded again and where the broker is. */
const TEXT_WHEN_BACK = `new Promise((resolve) => {
  const look = () => {
    const text = document.body.innerText;
    if (text.includes('loaded again') && text.includes('127.0.0.1:')) resolve(text);
    else setTimeout(look, 100);
  };
  look();
})`;

test('a window whose process ends is loaded again, and says so', async ({ folder, openApp }) => {
  const mqttPort = await freePort();
  const data = path.join(folder, 'data');
  const { electron, controlRoom } = await openApp('--data', data, '--mqtt-port', String(mqttPort));
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);
  // Playwright lets go of a page that crashed, so the shell is asked what the new one says.
  const said = electron.evaluate(async ({ BrowserWindow }, script) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const reloaded = new Promise((resolve) => contents?.once('did-finish-load', () => resolve(undefined)));
    contents?.forcefullyCrashRenderer();
    await reloaded;
    return contents?.executeJavaScript(script);
  }, TEXT_WHEN_BACK);
  expect(await said).toContain('so the window was loaded again. No data was lost.');
  expect(await said).toContain(`127.0.0.1:${mqttPort}`);
});
