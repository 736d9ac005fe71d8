import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../tests/support/journal-folder.ts';
import { ok } from '../base/result.ts';
import { openDataFolder } from '../process/data-folder.ts';
import {
  type CertificatesShown,
  changeCertificates,
  type RotateCertificates,
} from './certificates-command.ts';

const NOW_MS = Date.UTC(2026, 10, 22);
const HEX = /^[0-9a-f]{64}$/u;

const leave: RotateCertificates = () => Promise.resolve(ok(undefined));

function dataFolder(): string {
  const data = path.join(emptyFolder(), 'data');
  openDataFolder(data, 'system', false);
  return data;
}

async function change(data: string, rotate: RotateCertificates): Promise<CertificatesShown> {
  const shown = await changeCertificates(data, NOW_MS, rotate);
  if (!shown.ok) throw new Error(shown.error);
  return shown.value;
}

test('certificates are shown with their ends and the file trackers are to trust, without any key', async () => {
  const data = dataFolder();
  const shown = await change(data, leave);
  expect(shown).toEqual({
    authorityFile: path.join(data, 'keys', 'authority-certificate.pem'),
    authoritySha256Hex: expect.stringMatching(HEX),
    authorityEnds: '2046-11-17T00:00:00.000Z',
    overlapEnds: null,
    serverSha256Hex: expect.stringMatching(HEX),
    serverEnds: '2027-11-22T00:00:00.000Z',
    serverNames: expect.stringContaining('DNS:localhost'),
  });
  expect(fs.readFileSync(shown.authorityFile, 'utf8')).not.toContain('PRIVATE');
  expect(await change(data, leave)).toEqual(shown);
});

test('a rotated server certificate is another one of the same authority', async () => {
  const data = dataFolder();
  const before = await change(data, leave);
  const after = await change(data, (certificates, nowMs) => certificates.rotateServer(nowMs));
  expect(after).toEqual({ ...before, serverSha256Hex: expect.not.stringMatching(before.serverSha256Hex) });
});

test('a rotated authority says until when the former one is trusted too', async () => {
  const data = dataFolder();
  const before = await change(data, leave);
  const after = await change(data, (certificates, nowMs) => certificates.rotateAuthority(nowMs, 30));
  expect(after).toEqual({
    ...before,
    authoritySha256Hex: expect.not.stringMatching(before.authoritySha256Hex),
    serverSha256Hex: expect.not.stringMatching(before.serverSha256Hex),
    overlapEnds: '2026-12-22T00:00:00.000Z',
  });
  expect(await change(data, leave)).toEqual(after);
});

test('a folder that is no data folder gets no keys', async () => {
  const folder = emptyFolder();
  expect(await changeCertificates(folder, NOW_MS, leave)).toEqual({
    ok: false,
    error: `${folder} is not a data folder: it has no milepost.json.`,
  });
  expect(fs.readdirSync(folder)).toEqual([]);
});
