import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../tests/support/journal-folder.ts';
import { runVerb, type VerbRun } from '../../../tests/support/run-verb.ts';
import { startCore } from '../../process/core-process.ts';
import { addDevice } from '../device/device-command.ts';
import { addAccount } from './account-command.ts';
import { addApprovals } from './approval-command.ts';

const ADA = 'ada counts to twelve';
const FINN = 'finn sails on fridays';

/** A core that runs on a new folder, and commands that ask it. */
async function aRunningCore() {
  const data = path.join(emptyFolder(), 'data');
  const logged: string[] = [];
  const log = (words: string, facts?: object) => void logged.push(JSON.stringify([words, facts]));
  const core = await startCore({ data, clock: 'system', host: '127.0.0.1', mqttPort: 0 }, { log });
  if (!core.ok) throw new Error(core.error.problem);
  const verbs = (program: Parameters<typeof addAccount>[0]) => {
    addAccount(program);
    addApprovals(program);
    addDevice(program);
  };
  const run = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    runVerb(verbs, [...words, '--data', data], environment);
  return { data, run, logged, stop: () => core.value.stop() };
}

const printed = ({ status, stdout, stderr }: VerbRun): unknown => {
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

test('the first account is made without a sign-in; from then on every decision needs one', async () => {
  const { data, run, logged, stop } = await aRunningCore();
  const networks = ['device', 'networks', '--group', 'depot', '--allow', '10.20.0.0/16'];
  expect(printed(await run(networks))).toMatchObject({ position: expect.any(Number) });
  const ada = ['account', 'add', 'ada', '--name', 'Ada Byron', '--roles', 'administrator'];
  printed(await run(ada, { MILEPOST_NEW_PASSWORD: ADA }));

  const unsigned = await run(networks);
  expect([unsigned.status, unsigned.stderr]).toEqual([
    1,
    'sign in to decide: this core has accounts (milepost … --as ACCOUNT)\n',
  ]);
  const wrong = await run([...networks, '--as', 'ada'], { MILEPOST_PASSWORD: FINN });
  expect(wrong.stderr).toBe('--as ada: the name or the password is wrong\n');
  expect(printed(await run([...networks, '--as', 'ada'], { MILEPOST_PASSWORD: ADA }))).toMatchObject({
    by: 'ada',
  });

  const finn = ['account', 'add', 'finn', '--name', 'Finn', '--roles', 'finance', '--as', 'ada'];
  printed(await run(finn, { MILEPOST_PASSWORD: ADA, MILEPOST_NEW_PASSWORD: FINN }));
  const notHis = await run([...networks, '--as', 'finn'], { MILEPOST_PASSWORD: FINN });
  expect(notHis.stderr).toContain('"allow-networks" is for operations or administrator; you are finance');
  printed(
    await run(['account', 'roles', 'finn', '--set', 'finance', 'operations', '--as', 'ada'], {
      MILEPOST_PASSWORD: ADA,
    }),
  );
  printed(await run([...networks, '--as', 'finn'], { MILEPOST_PASSWORD: FINN }));
  printed(
    await run(['account', 'password', 'finn', '--as', 'finn'], {
      MILEPOST_PASSWORD: FINN,
      MILEPOST_NEW_PASSWORD: `${FINN} now`,
    }),
  );
  printed(await run(['account', 'disable', 'finn', '--as', 'ada'], { MILEPOST_PASSWORD: ADA }));
  const gone = await run([...networks, '--as', 'finn'], { MILEPOST_PASSWORD: `${FINN} now` });
  expect(gone.stderr).toBe('--as finn: the name or the password is wrong\n');
  expect(printed(await run(['account', 'list']))).toMatchObject([
    { account: 'ada', name: 'Ada Byron', roles: ['administrator'], disabledAtMs: null },
    { account: 'finn', roles: ['finance', 'operations'], disabledAtMs: expect.any(Number) },
  ]);
  await stop();
  expect(logged.join()).not.toContain(ADA);
  expect(everyByteIn(data)).not.toContain(ADA);
}, 120_000);

test('what is typed wrongly is said before anything is asked for', async () => {
  const { run, stop } = await aRunningCore();
  const role = await run(['account', 'add', 'ada', '--name', 'Ada', '--roles', 'boss']);
  expect([role.status, role.stderr]).toEqual([
    2,
    '--roles: "boss" is not one of operations, credit, finance, administrator, operator:<id> or investor:<id>\n',
  ]);
  const short = await run(['account', 'add', 'ada', '--name', 'Ada', '--roles', 'administrator'], {
    MILEPOST_NEW_PASSWORD: 'short',
  });
  expect(short.stderr).toBe('password: at least 12 characters; a few words do well\n');
  expect(printed(await run(['proposals']))).toEqual([]);
  const none = await run(['approve', 'P1', '--reason', 'seen']);
  expect(none.stderr).toBe('proposal: there is no proposal P1\n');
  await stop();
}, 120_000);

function everyByteIn(folder: string): string {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map((file) => fs.readFileSync(path.join(file.parentPath, file.name), 'latin1'))
    .join('\n');
}
