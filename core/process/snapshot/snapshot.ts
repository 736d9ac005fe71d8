import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import { z } from 'zod';
import type { World } from '../../fold/world.ts';
import { syncFolder } from '../journal/journal-disk.ts';

/**
 * A snapshot is the fold's whole state and the query side's image at one journal position, under one manifest. It saves
 * time at the start and is never the truth: one that cannot be read is skipped, and the journal is folded from further back.
 */
export interface Snapshot {
  readonly world: World;
  readonly storeImage: Uint8Array;
  readonly position: number;
}

/** Raised when the shape of the fold's state changes: older snapshots are then passed over and the journal is folded again. */
export const FOLD_STATE_VERSION = 9;
const SNAPSHOTS_KEPT = 2;

const manifestSchema = z.strictObject({
  format: z.literal(1),
  foldState: z.literal(FOLD_STATE_VERSION),
  position: z.number().int().nonnegative(),
  foldSha256: z.string(),
  storeSha256: z.string(),
});

/** Writes a snapshot under a temporary name, syncs, and renames it into place; keeps the newest two. */
export async function writeSnapshot(folder: string, world: World, storeImage: Uint8Array): Promise<void> {
  const name = String(world.nextPosition).padStart(16, '0');
  const target = path.join(folder, name);
  if (fs.existsSync(target)) return;
  const temporary = path.join(folder, `writing-${name}`);
  await fs.promises.rm(temporary, { recursive: true, force: true });
  await fs.promises.mkdir(temporary, { recursive: true });
  const fold = v8.serialize(world);
  const manifest: z.infer<typeof manifestSchema> = {
    format: 1,
    foldState: FOLD_STATE_VERSION,
    position: world.nextPosition,
    foldSha256: sha256(fold),
    storeSha256: sha256(storeImage),
  };
  await writeSynced(path.join(temporary, 'fold.bin'), fold);
  await writeSynced(path.join(temporary, 'store.sqlite'), storeImage);
  await writeSynced(
    path.join(temporary, 'manifest.json'),
    Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
  );
  await syncFolder(temporary);
  await fs.promises.rename(temporary, target);
  await syncFolder(folder);
  await removeOldest(folder);
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

/** The newest snapshot whose files are whole; null when there is none. Each one passed over is reported in words. */
export function readNewestSnapshot(folder: string, onSkipped: (words: string) => void): Snapshot | null {
  for (const name of snapshotNames(folder)) {
    try {
      return readSnapshot(path.join(folder, name));
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

function readSnapshot(folder: string): Snapshot {
  const manifest = manifestSchema.parse(
    JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8')),
  );
  const fold = fs.readFileSync(path.join(folder, 'fold.bin'));
  const storeImage = fs.readFileSync(path.join(folder, 'store.sqlite'));
  if (sha256(fold) !== manifest.foldSha256) throw new Error('fold.bin is damaged');
  if (sha256(storeImage) !== manifest.storeSha256) throw new Error('store.sqlite is damaged');
  return { world: v8.deserialize(fold) as World, storeImage, position: manifest.position };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
