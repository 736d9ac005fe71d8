import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { TESLA } from '../support/a-book.ts';
import { freePort } from '../support/free-port.ts';
import { mosquittoPub } from '../support/mosquitto-pub.ts';
import { writeTodaysBook } from '../support/today-book.ts';

test('a killed core process is back by itself, with the same miles, and goes on counting', async ({
  folder,
  openApp,
}) => {
  const mqttPort = await freePort();
  const book = path.join(folder, 'book.json');
  writeTodaysBook(book);
  const { controlRoom, corePid } = await openApp(
    '--book',
    book,
    '--data',
    path.join(folder, 'data'),
    '--mqtt-port',
    String(mqttPort),
  );
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);
  const odometer = (miles: string) => mosquittoPub(mqttPort, `telemetry/${TESLA.device}/v/Odometer`, miles);
  await odometer('1000');
  await odometer('1000.5');
  await expect.poll(() => controlRoom.shown()).toMatchObject({ tenthsToday: 5, penceToday: 15 });

  const killed = await corePid();
  process.kill(killed, 'SIGKILL');
  await expect(controlRoom.banner).toContainText('core process');
  await expect(controlRoom.banner).toBeHidden();
  expect(await corePid()).not.toBe(killed);
  await expect.poll(() => controlRoom.shown()).toMatchObject({ tenthsToday: 5, penceToday: 15 });

  await odometer('1000.8');
  await expect.poll(() => controlRoom.shown()).toMatchObject({ tenthsToday: 8, penceToday: 24 });
});
