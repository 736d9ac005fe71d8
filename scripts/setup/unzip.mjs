import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

/**
 * Unpacks the wanted files of a zip, with their rights, one after the other. yauzl refuses names that lead outside.
 * @param {string} zipFile
 * @param {string} folder
 * @param {(name: string) => boolean} isWanted decides by the name inside the zip
 */
export async function unzip(zipFile, folder, isWanted) {
  const zip = await openZip(zipFile);
  const openEntry = promisify(zip.openReadStream.bind(zip));
  /** @param {yauzl.Entry} entry */
  const unpack = async (entry) => {
    if (!isWanted(entry.fileName) || entry.fileName.endsWith('/')) return;
    const target = join(folder, entry.fileName);
    mkdirSync(dirname(target), { recursive: true });
    // The upper half holds the Unix rights.
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await openEntry(entry), createWriteStream(target, mode === 0 ? {} : { mode }));
  };
  await new Promise((resolve, reject) => {
    zip.once('end', resolve);
    zip.once('error', reject);
    zip.on('entry', (entry) => unpack(entry).then(() => zip.readEntry(), reject));
    zip.readEntry();
  });
}

/**
 * @param {string} zipFile
 * @returns {Promise<yauzl.ZipFile>}
 */
function openZip(zipFile) {
  return new Promise((resolve, reject) => {
    yauzl.open(zipFile, { lazyEntries: true }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });
}
