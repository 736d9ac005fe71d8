import path from 'node:path';
import { TESLA } from '../support/a-book.ts';
import { expect, test } from '../support/app-fixture.ts';
import { attachProgram } from '../support/attach-program.ts';
import { chromiumFlags } from '../support/electron-program.ts';
import { freePort } from '../support/free-port.ts';
import { mosquittoPub } from '../support/mosquitto-pub.ts';
import { packagedProgram } from '../support/packaged-program.ts';

test.skip(process.platform !== 'linux', 'the folder target is built and tried on Linux');

test('the packaged program opens, draws what a tracker sends, and ends well when asked', async ({
  folder,
}) => {
  const mqttPort = await freePort();
  const program = await attachProgram(packagedProgram(), [
    ...chromiumFlags(),
    `--user-data-dir=${path.join(folder, 'user-data')}`,
    '--mqtt-port',
    String(mqttPort),
  ]);
  const { controlRoom } = program;
  await expect(controlRoom.statusBar).toContainText(`127.0.0.1:${mqttPort}`);
  await mosquittoPub(mqttPort, `telemetry/${TESLA.device}/v/Location`, '{"latitude":51.5,"longitude":-0.12}');
  // In no book: drawn and kept all the same.
  await expect.poll(() => controlRoom.shown()).toMatchObject({ vehiclesDrawn: 1, penceToday: 0 });
  expect(await program.end()).toBe(0);
});
