import fs from 'node:fs';
import path from 'node:path';
import { periodOf } from '../../billing/contract-account.ts';
import { accountNamed } from '../../fold/account-named.ts';
import { applyRecord } from '../../fold/apply-record.ts';
import { billedSeries } from '../../fold/billed-series.ts';
import { vehicleByName } from '../../fold/describe-vehicle.ts';
import { rateDays } from '../../fold/rate-days.ts';
import { rateContractPeriod } from '../../fold/rate-contract.ts';
import { newWorld, type World } from '../../fold/world.ts';
import { DEFAULT_LIMITS } from '../../metering/acceptance-scan.ts';
import { decideOnSeries } from '../../metering/decide-on-series.ts';
import { SYSTEM_ACTOR } from '../../protocol/signed.ts';
import type { JournalRecord } from '../../protocol/journal-record.ts';
import { recordDigest } from '../journal/record-digest.ts';
import { readDigested } from '../journal/record-layout.ts';
import type { Verification } from '../verify-data.ts';
import {
  type EvidencePack,
  PACK_FILE,
  PACK_RECORDS_FILE,
  packRecordSchema,
  packSchema,
} from './evidence-pack.ts';

export function isEvidencePack(folder: string): boolean {
  return fs.existsSync(path.join(folder, PACK_FILE));
}

/** Prices a pack's document again from its packets alone, and holds every packet against its digest. */
export function verifyPack(folder: string): Verification {
  const differences: string[] = [];
  const pack = readPack(folder, differences);
  const records = readPackRecords(folder, differences);
  if (pack !== null && differences.length === 0) differences.push(...compare(pack, foldPack(pack, records)));
  return {
    ok: differences.length === 0,
    packets: records.filter(({ kind }) => kind === 'packet').length,
    records: records.length,
    documents: pack === null ? 0 : 1,
    erased: 0,
    differences,
  };
}

function readPack(folder: string, differences: string[]): EvidencePack | null {
  const text = fs.readFileSync(path.join(folder, PACK_FILE), 'utf8');
  const parsed = packSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  differences.push(`${PACK_FILE} is not a pack of evidence: ${issue?.path.join('.')} ${issue?.message}`);
  return null;
}

function readPackRecords(folder: string, differences: string[]): JournalRecord[] {
  const lines = fs.readFileSync(path.join(folder, PACK_RECORDS_FILE), 'utf8').split('\n').filter(Boolean);
  const records: JournalRecord[] = [];
  lines.forEach((text, i) => {
    const line = packRecordSchema.safeParse(parseJson(text));
    if (!line.success) return differences.push(`${PACK_RECORDS_FILE} line ${i + 1} is no record`);
    const { position, sha256, bytes } = line.data;
    const digested = Buffer.from(bytes, 'base64');
    if (Buffer.from(recordDigest(digested)).toString('hex') !== sha256)
      return differences.push(`record ${position} is not what its digest says`);
    const record = readDigested(digested, position);
    if (record === null) return differences.push(`record ${position} is none this version knows`);
    return records.push(record);
  });
  return records.toSorted((a, b) => a.position - b.position);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The world of the pack: its book, its packets at the positions they had, and what people decided. */
function foldPack(pack: EvidencePack, records: readonly JournalRecord[]): World {
  const world = newWorld();
  const decision = {
    decision: 'load-book',
    actor: SYSTEM_ACTOR,
    reason: 'evidence',
    book: pack.book,
  } as const;
  applyRecord(world, { kind: 'decision', position: 0, receivedAtMs: 0, decision });
  for (const { name, yaml } of pack.mappings)
    world.door.mappings.set(name, { yaml, isOn: true, switchedAtMs: 0, switchedBy: 'evidence' });
  for (const record of records) {
    world.nextPosition = record.position;
    applyRecord(world, record);
  }
  const { position, receivedAtMs } = pack.document.asOf;
  world.nextPosition = position;
  applyRecord(world, { kind: 'tick', position, receivedAtMs });
  for (const [name, { epochs, rulings }] of Object.entries(pack.decisions)) {
    const vehicle = vehicleByName(world, name);
    const series = vehicle === null ? null : billedSeries(vehicle);
    if (vehicle === null || series === null) continue;
    const decisions = [...epochs.map((epoch) => ({ kind: 'open-epoch', ...epoch }) as const), ...rulings];
    for (const decision of decisions) {
      const changed = decideOnSeries(series, decision, DEFAULT_LIMITS, () => undefined);
      if (changed !== null) rateDays(world, vehicle, series, changed);
    }
  }
  return world;
}

function compare({ document }: EvidencePack, world: World): string[] {
  const account = accountNamed(world, document.contract);
  const rated = rateContractPeriod(world, account, periodOf(account, document.rated.period));
  const differences: string[] = [];
  const hold = (what: string, recorded: unknown, again: unknown): void => {
    const [is, was] = [JSON.stringify(again), JSON.stringify(recorded)];
    if (is !== was) differences.push(`${document.number}: ${what} is ${was}, from its packets ${is}`);
  };
  for (const usage of document.rated.vehicles) {
    const again = rated.vehicles.find(({ vehicle }) => vehicle === usage.vehicle);
    hold(`${usage.registration}'s distance in tenths`, usage.tenths, again?.tenths);
    hold(
      `${usage.registration}'s odometer`,
      [usage.startMicrometres, usage.endMicrometres],
      [again?.startMicrometres, again?.endMicrometres],
    );
  }
  hold('lines', document.rated.lines, rated.lines);
  hold('net', document.rated.netPence, rated.netPence);
  hold('VAT', document.rated.vatPence, rated.vatPence);
  return differences;
}
