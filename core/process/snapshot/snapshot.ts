import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import { z } from 'zod';
import type { World } from '../../fold/world.ts';
import type { ReadingFile, ReadingMark } from '../readings/reading-file.ts';
import { syncFolder } from '../journal/journal-disk.ts';

/**
 * A snapshot is the fold's whole state and the query side's image at one journal position, under one manifest. It saves
 * time at the start and is never the truth: one that cannot be read is skipped, and the journal is folded from further back.
 * The readings of closed days stay in their file, which the manifest names, with how far it went.
 */
export interface Snapshot {
  readonly world: World;
  readonly storeImage: Uint8Array;
  readonly position: number;
}

/** Raised when the shape of the fold's state changes: older snapshots are then passed over and the journal is folded again. */
export const FOLD_STATE_VERSION = 10;
const SNAPSHOTS_KEPT = 2;

const manifestSchema = z.strictObject({
  format: z.literal(1),
  foldState: z.literal(FOLD_STATE_VERSION),
  position: z.number().int().nonnegative(),
  foldSha256: z.string(),
  storeSha256: z.string(),
  readings: z.strictObject({ id: z.string(), bytes: z.number().int().nonnegative() }),
});
type Manifest = z.infer<typeof manifestSchema>;

/** Writes a snapshot under a temporary name, syncs, and renames it into place; keeps the newest two. */
export async function writeSnapshot(
  folder: string,
  world: World,
  storeImage: Uint8Array,
  readings: ReadingFile,
): Promise<void> {
  const name = String(world.nextPosition).padStart(16, '0');
  const target = path.join(folder, name);
  if (isOf(target, readings)) return;
  const temporary = path.join(folder, `writing-${name}`);
  await fs.promises.rm(temporary, { recursive: true, force: true });
  await fs.promises.mkdir(temporary, { recursive: true });
  const { archive: _archive, ...state } = world;
  const fold = v8.serialize(state);
  const manifest: Manifest = {
    format: 1,
    foldState: FOLD_STATE_VERSION,
    position: world.nextPosition,
    foldSha256: sha256(fold),
    storeSha256: sha256(storeImage),
    readings: { id: readings.id, bytes: readings.flush() },
  };
  await readings.sync();
  await writeSynced(path.join(temporary, 'fold.bin'), fold);
  await writeSynced(path.join(temporary, 'store.sqlite'), storeImage);
  await writeSynced(
    path.join(temporary, 'manifest.json'),
    Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  );
  await syncFolder(temporary);
  await fs.promises.rm(target, { recursive: true, force: true });
  await fs.promises.rename(temporary, target);
  await syncFolder(folder);
  await removeOldest(folder);
}

/** True for a snapshot that is there and whose readings are in this file; one of another file is of no use. */
function isOf(folder: string, { id }: ReadingFile): boolean {
  if (!fs.existsSync(folder)) return false;
  try {
    return readManifest(folder).readings.id === id;
  } catch {
    return false;
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await fs.promises.open(file, 'w');
  await handle.writeFile(bytes);
  await handle.sync();
  await handle.close();
}

async function removeOldest(folder: string): Promise<void> {
  for (const name of snapshotNames(folder).slice(SNAPSHOTS_KEPT)) {
    await fs.promises.rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/**
 * The newest snapshot whose files are whole; null when there is none. Each one passed over is reported in words. With
 * the file of readings that is there, only one that this file is enough for; without it, the series lack their old rows.
 */
export function readNewestSnapshot(
  folder: string,
  onSkipped: (words: string) => void,
  readings?: ReadingMark | null,
): Snapshot | null {
  for (const name of snapshotNames(folder)) {
    try {
      return readSnapshot(path.join(folder, name), readings);
    } catch (error) {
      onSkipped(`snapshot ${name} passed over: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return null;
}

function snapshotNames(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => /^\d{16}$/.test(name))
    .toSorted()
    .toReversed();
}

function readManifest(folder: string): Manifest {
  return manifestSchema.parse(JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')));
}

function readSnapshot(folder: string, there: ReadingMark | null | undefined): Snapshot {
  const manifest = readManifest(folder);
  const { readings } = manifest;
  if (there !== undefined && (there?.id !== readings.id || there.bytes < readings.bytes))
    throw new Error('the file of readings it belongs to is gone');
  const fold = fs.readFileSync(path.join(folder, 'fold.bin'));
  const storeImage = fs.readFileSync(path.join(folder, 'store.sqlite'));
  if (sha256(fold) !== manifest.foldSha256) throw new Error('fold.bin is damaged');
  if (sha256(storeImage) !== manifest.storeSha256) throw new Error('store.sqlite is damaged');
  const state = v8.deserialize(fold) as Omit<World, 'archive'>;
  return { world: { ...state, archive: null }, storeImage, position: manifest.position };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
