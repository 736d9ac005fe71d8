import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { TESLA } from '../support/a-book.ts';
import { expect, test } from '../support/app-fixture.ts';
import { freePort } from '../support/free-port.ts';
import { mosquittoPub } from '../support/mosquitto-pub.ts';

/** Somebody who takes the broker's port for a web server; over when the broker has hung up. */
async function knockAsBrowser(mqttPort: number): Promise<void> {
  const socket = connect(mqttPort, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n\r\n'));
  socket.resume();
  await once(socket, 'close');
}

test('every packet is counted by its feed, refused for a reason, and shown raw beside decoded', async ({
  folder,
  openApp,
}) => {
  const mqttPort = await freePort();
  const data = path.join(folder, 'data');
  const { controlRoom } = await openApp('--data', data, '--mqtt-port', String(mqttPort));
  const { page } = controlRoom;
  const topic = (field: string) => `telemetry/${TESLA.device}/v/${field}`;
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);

  await controlRoom.goTo('Ingest');
  await expect(page.getByRole('heading', { name: 'Connected, no data yet' })).toBeVisible();
  await expect(page.getByText('Nobody was turned away.')).toBeVisible();

  await mosquittoPub(mqttPort, topic('Odometer'), '1000.5');
  await mosquittoPub(mqttPort, topic('VehicleSpeed'), '28');
  await mosquittoPub(mqttPort, topic('Location'), '{"latitude":51.5');
  await mosquittoPub(mqttPort, 'nobody/knows', 'me');
  await knockAsBrowser(mqttPort);

  const feeds = page.getByRole('table', { name: 'Feeds' });
  const tesla = feeds.getByRole('row', { name: 'Tesla Fleet Telemetry' });
  // Devices heard, rate, received, decoded, duplicates, refused, clock skew, latency, last packet.
  await expect(tesla.getByRole('cell')).toHaveText([
    '1 of 1',
    /\/s$/,
    '3',
    '2',
    '0',
    '1',
    'no reading times',
    /·|–/,
    / ago$/,
  ]);
  await expect(feeds.getByRole('row', { name: 'Unknown topics' })).toBeVisible();
  await tesla.getByRole('button', { name: '1 refused, show why' }).click();
  await expect(page.getByRole('table', { name: 'Refused packets, Tesla Fleet Telemetry' })).toContainText(
    'not json',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('table', { name: 'Turned away at the door' })).toContainText('not mqtt');

  await page.getByRole('tab', { name: 'Raw packets' }).click();
  const packets = page.getByRole('grid', { name: 'Packets' });
  await expect(packets.getByRole('row')).toHaveCount(1 + 4);
  const topics = page.getByRole('tree', { name: 'Topics' });
  await topics.getByRole('treeitem', { name: 'telemetry' }).press('ArrowRight');
  await topics.getByRole('treeitem', { name: TESLA.device }).click();
  await expect(packets.getByRole('row')).toHaveCount(1 + 3);

  await packets.getByRole('row', { name: topic('Odometer') }).click();
  const packet = page.getByRole('region', { name: 'Packet' });
  const raw = packet.getByRole('region', { name: 'As it came' });
  const decoded = packet.getByRole('region', { name: 'As decoded' });
  // Byte for byte what mosquitto_pub sent: "1000.5".
  await expect(raw.getByLabel('Payload in hexadecimal')).toContainText('0000  31 30 30 30 2e 35');
  await expect(raw).toContainText('no credential');
  await expect(decoded).toContainText('Odometer as sent1000.5');
  await decoded.getByRole('button', { name: 'Run through the decoder again' }).click();
  await expect(decoded).toContainText('the same result');

  await packets.getByRole('row', { name: topic('Location') }).click();
  await expect(decoded).toContainText('Refused: not json');
  await page.keyboard.press('Escape');
  await expect(packet).toBeHidden();
});

test('the tail stands still when told to, counts what it does not show, and goes on', async ({
  folder,
  openApp,
}) => {
  const mqttPort = await freePort();
  const data = path.join(folder, 'data');
  const { controlRoom } = await openApp('--data', data, '--mqtt-port', String(mqttPort));
  const { page } = controlRoom;
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);
  await mosquittoPub(mqttPort, 'a/first', '1');
  await page.keyboard.press('3');
  await page.getByRole('tab', { name: 'Raw packets' }).click();
  const packets = page.getByRole('grid', { name: 'Packets' });
  await expect(packets.getByRole('row', { name: 'a/first' })).toBeVisible();

  await page.keyboard.press('p');
  await mosquittoPub(mqttPort, 'a/second', '2');
  await mosquittoPub(mqttPort, 'a/third', '3');
  const tail = page.getByRole('region', { name: 'Live tail' });
  await expect(tail).toContainText('Paused, 2 unseen');
  await expect(packets.getByRole('row')).toHaveCount(1 + 1);

  await page.keyboard.press('p');
  await expect(packets.getByRole('row')).toHaveCount(1 + 3);
  await expect(tail).toContainText('Live');
});
