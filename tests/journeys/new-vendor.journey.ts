import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { freePort } from '../support/free-port.ts';
import { mosquittoPub } from '../support/mosquitto-pub.ts';
import { REGISTRATION, todaysBook } from '../support/today-book.ts';

const DEVICE = 'BX-000042';
const TOPIC = `borealis/depot-3/${DEVICE}/state`;
const DEVICE_OF_FEED = `depot-3/${DEVICE}`;

/** A thousand miles, as the handover of the book says, and one mile more. */
const [HANDOVER_KM, A_MILE_ON_KM] = ['1609.344', '1610.953344'];

const MAPPING = `name: borealis
version: 1
messages:
  - topic: borealis/{account}/{device}/state
    payload: json
    time: { at: t, format: unix-ms }
    fields:
      latitude: pos.la
      longitude: pos.lo
      speed: { at: pos.kmh, unit: km/h }
      odometer: { at: odo, unit: km, origin: tracker }
`;

const message = (atMs: number, odometerKm: string): string =>
  `{"t":${atMs},"pos":{"la":51.5,"lo":-0.12,"kmh":31.5},"odo":${odometerKm}}`;

/** Half of today ago: whatever the hour, a mile since then is a speed that a car can have. */
function earlierToday(midnightMs: number): number {
  return Math.round(midnightMs + (Date.now() - midnightMs) / 2);
}

test('a vendor nobody knew is mapped, switched on, claimed and billed, all in the window', async ({
  folder,
  openApp,
}) => {
  const mqttPort = await freePort();
  const book = { ...todaysBook(), trackers: [] };
  const bookFile = path.join(folder, 'book.json');
  writeFileSync(bookFile, JSON.stringify(book));
  const atMs = earlierToday(Date.parse(book.openings[0]?.at ?? ''));
  const { electron, controlRoom } = await openApp(
    '--book',
    bookFile,
    '--data',
    path.join(folder, 'data'),
    '--mqtt-port',
    String(mqttPort),
  );
  const { page } = controlRoom;
  const complaints: string[] = [];
  page.on('console', (told) => {
    if (told.type() === 'error') complaints.push(told.text());
  });
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);

  await mosquittoPub(mqttPort, TOPIC, message(atMs - 1_000, HANDOVER_KM));
  await controlRoom.goTo('Ingest');
  await page.getByRole('tab', { name: 'Feeds' }).click();
  const unknown = page.getByRole('row', { name: 'Unknown topics' });
  await unknown.getByRole('button', { name: '1 refused, show why' }).click();
  await expect(page.getByRole('table', { name: 'Refused packets, Unknown topics' })).toContainText(
    'unknown topic',
  );
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Mapping files' }).click();
  await page.getByRole('button', { name: 'New file' }).first().click();
  const editor = page.getByRole('textbox', { name: 'Mapping file' });
  await expect(editor).toContainText('acme-tracker');
  await electron.evaluate(
    ({ clipboard }, text) => clipboard.writeText(text),
    MAPPING.replace('unit: km,', 'unit: kn,'),
  );
  await editor.press('ControlOrMeta+a');
  await editor.press('ControlOrMeta+v');
  const problem = page.getByRole('list', { name: 'Problems' }).getByRole('button');
  await expect(problem).toHaveCount(1);
  await expect(problem).toContainText('11:');
  await expect(problem).toContainText('messages[0].fields.odometer.unit');
  await expect(page.getByRole('button', { name: 'Switch on…' })).toBeDisabled();
  await problem.click();
  // It went there and marked the word: what is typed takes its place.
  await page.keyboard.type('km');

  const tried = page.getByRole('region', { name: 'Try on a packet' });
  await tried.getByRole('button', { name: TOPIC }).click();
  const outcome = tried.getByRole('region', { name: 'What it comes to' });
  await expect(outcome).toContainText(`Odometer as sent${HANDOVER_KM}`);
  await expect(outcome).toContainText('May be billedyes');

  await page.getByRole('button', { name: 'Switch on…' }).click();
  const switchOn = page.getByRole('dialog', { name: 'Switch on borealis' });
  await expect(switchOn).toContainText('Packets on borealis/{account}/{device}/state are read by this text');
  await switchOn.getByRole('button', { name: 'Switch on' }).click();
  await expect(switchOn.getByLabel('Reason')).toHaveAccessibleDescription(/Say why/);
  await switchOn.getByLabel('Reason').fill('new vendor of North Cabs');
  await switchOn.getByRole('button', { name: 'Switch on' }).click();
  await expect(switchOn).toBeHidden();
  await expect(page.getByRole('region', { name: 'Mapping files' })).toContainText('on since');

  await mosquittoPub(mqttPort, TOPIC, message(atMs, HANDOVER_KM));
  await page.getByRole('tab', { name: 'Devices' }).click();
  const device = page
    .getByRole('table', { name: 'Unclaimed devices' })
    .getByRole('row', { name: DEVICE_OF_FEED });
  await expect(device).toContainText('borealis');
  await expect(device).toContainText('1609.344 km');
  await expect(device).toContainText('1 reading waits');
  await device.getByRole('button', { name: `Claim ${DEVICE_OF_FEED}…` }).click();
  const claim = page.getByRole('dialog', { name: `Claim ${DEVICE_OF_FEED}` });
  await claim.getByRole('combobox', { name: 'Vehicle' }).fill(REGISTRATION);
  await page.getByRole('option', { name: REGISTRATION }).click();
  await expect(claim.getByRole('status')).toContainText(`1 odometer reading since`);
  await expect(claim.getByRole('status')).toContainText(`will count for ${REGISTRATION}`);
  await expect(claim.getByRole('status')).toContainText('billed to the contract');
  await claim.getByLabel('Reason').fill('fitted this morning');
  await claim.getByRole('button', { name: 'Claim' }).click();
  await expect(claim).toBeHidden();
  await expect(page.getByText('Every device that was heard is carried by a vehicle.')).toBeVisible();

  await mosquittoPub(mqttPort, TOPIC, message(Date.now(), A_MILE_ON_KM));
  await controlRoom.goTo('Map');
  await controlRoom.openVehicle(REGISTRATION);
  await expect(controlRoom.vehiclePanel).toContainText('1.0 mi');
  await expect(controlRoom.vehiclePanel).toContainText('£0.30');
  await expect.poll(() => controlRoom.shown()).toMatchObject({ tenthsToday: 10, penceToday: 30 });

  // The editor makes its style sheet at run time: one without the page's nonce would complain here.
  expect(complaints).toEqual([]);
});
