import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { TESLA } from '../support/a-book.ts';
import { freePort } from '../support/free-port.ts';
import { mosquittoPub } from '../support/mosquitto-pub.ts';
import { REGISTRATION, writeTodaysBook } from '../support/today-book.ts';

test('a packet of a tracker becomes a dot, half a mile and 15p, and shows itself as the reason', async ({
  folder,
  openApp,
}) => {
  const mqttPort = await freePort();
  const book = path.join(folder, 'book.json');
  writeTodaysBook(book);
  const { controlRoom } = await openApp(
    '--book',
    book,
    '--data',
    path.join(folder, 'data'),
    '--mqtt-port',
    String(mqttPort),
  );
  const publish = (field: string, payload: string) =>
    mosquittoPub(mqttPort, `telemetry/${TESLA.device}/v/${field}`, payload);
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);

  await publish('Location', '{"latitude":51.5,"longitude":-0.12}');
  await publish('VehicleSpeed', '28');
  // The opening value of the book: nothing is driven yet.
  await publish('Odometer', '1000');
  await expect.poll(() => controlRoom.shown()).toMatchObject({ vehiclesDrawn: 1, penceToday: 0 });
  await controlRoom.openVehicle(REGISTRATION);
  await expect(controlRoom.vehiclePanel).toContainText('£0.00');

  await publish('Odometer', '1000.5');
  await expect(controlRoom.vehiclePanel).toContainText('£0.15');
  await expect(controlRoom.vehiclePanel).toContainText('0.5 mi');
  await expect.poll(() => controlRoom.shown()).toMatchObject({ tenthsToday: 5, penceToday: 15 });

  await controlRoom.askWhyThisCharge();
  await expect(controlRoom.charge).toContainText('5 tenths × 30p');
  await expect(controlRoom.charge).toContainText(`telemetry/${TESLA.device}/v/Odometer`);
  // Byte for byte what mosquitto_pub sent: "1000.5".
  await expect(controlRoom.chargePayload).toContainText('31 30 30 30 2e 35');
});
