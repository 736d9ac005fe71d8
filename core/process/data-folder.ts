import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../base/result.ts';

/**
 * A data folder holds everything Milepost knows: `milepost.json` (what kind of folder it is), `journal/`, `snapshots/`,
 * `readings/`, `keys/`, `evidence/`. Whether it holds simulated data is decided when it is made and never changes.
 */
export interface DataFolder {
  readonly path: string;
  readonly journal: string;
  readonly snapshots: string;
  /** Readings of closed days, out of memory; made again from the journal when they are gone. */
  readonly readings: string;
  /** Private keys and certificates; made when first needed. */
  readonly keys: string;
  /** Evidence packs, made when asked for. */
  readonly evidence: string;
  readonly isSimulated: boolean;
}

const markSchema = z.strictObject({
  format: z.literal(1),
  simulated: z.boolean(),
  partitions: z.literal(1),
  timeZoneData: z.string(),
});

/** Opens a data folder, or makes one; a driven clock needs a simulated one. The error says what to do. */
export function openDataFolder(
  folder: string,
  clock: 'system' | 'driven',
  createSimulated: boolean,
): Result<DataFolder, string> {
  const markFile = path.join(folder, 'milepost.json');
  try {
    fs.mkdirSync(folder, { recursive: true });
    if (!fs.existsSync(markFile)) makeFolder(folder, markFile, createSimulated || clock === 'driven');
    const mark = markSchema.parse(JSON.parse(fs.readFileSync(markFile, 'utf8')));
    if (clock === 'driven' && !mark.simulated) {
      return fail(
        `${folder} holds real data: a driven clock works only in a folder that was made for simulation.`,
      );
    }
    return ok(describe(folder, mark.simulated));
  } catch (error) {
    return fail(
      `The data folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Looks at an existing data folder without touching it. */
export function readDataFolder(folder: string): Result<DataFolder, string> {
  const markFile = path.join(folder, 'milepost.json');
  if (!fs.existsSync(markFile)) return fail(`${folder} is not a data folder: it has no milepost.json.`);
  const mark = markSchema.safeParse(JSON.parse(fs.readFileSync(markFile, 'utf8')));
  if (!mark.success)
    return fail(`${markFile} is not readable: ${mark.error.issues[0]?.message ?? 'unknown shape'}`);
  return ok(describe(folder, mark.data.simulated));
}

function makeFolder(folder: string, markFile: string, simulated: boolean): void {
  const others = fs.readdirSync(folder);
  if (others.length > 0) throw new Error(`it is not empty and has no milepost.json (it holds ${others[0]})`);
  const mark: z.infer<typeof markSchema> = {
    format: 1,
    simulated,
    partitions: 1,
    timeZoneData: process.versions['tz'] ?? 'unknown',
  };
  fs.writeFileSync(markFile, `${JSON.stringify(mark, null, 2)}\n`);
}

function describe(folder: string, isSimulated: boolean): DataFolder {
  return {
    path: folder,
    journal: path.join(folder, 'journal'),
    snapshots: path.join(folder, 'snapshots'),
    readings: path.join(folder, 'readings'),
    keys: path.join(folder, 'keys'),
    evidence: path.join(folder, 'evidence'),
    isSimulated,
  };
}
