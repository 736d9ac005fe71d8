import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../support/app-fixture.ts';
import { chromiumFlags, electronProgram, repositoryRoot } from '../support/electron-program.ts';
import { freePort } from '../support/free-port.ts';

/** Any number; how large is not this journey's affair. */
const aNumber: unknown = expect.any(Number);

test('a smoke run ends by itself, with counts that close and a picture', async ({ folder }) => {
  const [report, picture] = [path.join(folder, 'report.json'), path.join(folder, 'picture.png')];
  const asked = [
    '--demo',
    '--history-days',
    '1',
    '--smoke',
    '25s',
    '--report',
    report,
    '--screenshot',
    picture,
  ];
  const program = spawn(
    electronProgram(),
    [
      ...chromiumFlags(),
      repositoryRoot,
      `--user-data-dir=${path.join(folder, 'user-data')}`,
      '--mqtt-port',
      String(await freePort()),
      ...asked,
    ],
    { cwd: repositoryRoot, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [code] = (await once(program, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    packets: { refused: {}, received: aNumber },
    vehicles: 250,
    window: { drawn: 250 },
    secondsToFirstVehicle: aNumber,
  });
  expect(readFileSync(picture).subarray(1, 4).toString('latin1')).toBe('PNG');
});
