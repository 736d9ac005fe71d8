import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Ready, readySchema } from '../../../protocol/report.ts';
import { withDoor } from '../../device/ask-core.ts';
import { TRUST_FILE } from '../../../process/door/certificates-folder.ts';
import { benchBook, benchFleet } from '../bench-fleet.ts';
import { type MeasuredProcess, startMeasured } from './measured-process.ts';
import type { ClientPass } from './open-connection.ts';

/** `milepost serve` on a folder of its own, with a fleet that has a contract. */
export interface ServedFleet {
  readonly server: MeasuredProcess;
  readonly ready: Ready;
  readonly reportFile: string;
}

const DAY_MS = 24 * 3_600_000;
/** Trackers tell of the last half hour, a backlog, so that their clocks never run ahead of ours. */
const BACKLOG_MS = 30 * 60_000;

/** The time of a fleet's first record. */
export function backlogStartMs(): number {
  return Date.now() - BACKLOG_MS;
}

/** Starts it with so many vehicles; more options of `serve` may follow. */
export async function serveFleet(
  folder: string,
  vehicles: number,
  ...options: readonly string[]
): Promise<ServedFleet> {
  const bookFile = path.join(folder, 'book.json');
  const reportFile = path.join(folder, 'report.json');
  writeFileSync(bookFile, JSON.stringify(bookFor(vehicles)));
  const files = ['--data', path.join(folder, 'data'), '--book', bookFile, '--report', reportFile];
  const server = await startMeasured('milepost.js', ['serve', '--mqtt-port', '0', ...files, ...options]);
  return { server, ready: readySchema.parse(JSON.parse(server.firstLine)), reportFile };
}

/** A book in force since yesterday, in a zone where today is hours old and hours long: the load drives within one day. */
function bookFor(vehicles: number): unknown {
  const nowMs = Date.now();
  const hour = new Date(nowMs).getUTCHours();
  const timezone = hour >= 3 && hour < 20 ? 'Europe/London' : 'Pacific/Auckland';
  const yesterday = new Date(nowMs - DAY_MS).toISOString().slice(0, 10);
  return benchBook(
    benchFleet(vehicles, () => 'teltonika-mqtt-json'),
    yesterday,
    timezone,
  );
}

/** Whom a pass is for: a bridge that speaks for the whole fleet, or one device on its own topics. */
export type PassHolder = { readonly role: 'gateway' } | { readonly role: 'device'; readonly device: string };

/** Has the running core issue a credential. `isTls` adds the authority of its certificates. */
export async function issuePass(data: string, holder: PassHolder, isTls: boolean): Promise<ClientPass> {
  const whom =
    holder.role === 'gateway'
      ? { role: 'gateway' as const, device: null, publish: ['fleet/#'] }
      : {
          role: 'device' as const,
          device: { provider: 'teltonika-mqtt-json' as const, name: holder.device },
          publish: [`fleet/+/teltonika/${holder.device}/+`],
        };
  const issued = await withDoor(data, (ask) =>
    ask('credential.issue', {
      ...whom,
      username: `bench-${holder.role}`,
      subscribe: [],
      proof: { kind: 'secret' },
      reason: 'bench',
    }),
  );
  if (!issued.ok) throw new Error(issued.error);
  if (!issued.value.ok) throw new Error(`${issued.value.field}: ${issued.value.problem}`);
  const { username, secret } = issued.value.issued;
  const authorityPem = isTls ? readFileSync(path.join(data, 'keys', TRUST_FILE), 'utf8') : null;
  return { username, password: secret ?? '', authorityPem };
}
