import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/**
 * Electron's own release opens `electron FOLDER` by an application inside it, which the registry runtime lacks. This
 * stands in: it opens the folder named by the first argument that is no flag, under that folder's name and version.
 *
 * An ES module on purpose: Electron waits for it before it says `ready`, so the opened program may still register
 * its schemes.
 */
const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const { main, name, productName, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

app.setName(productName ?? name);
app.setVersion(version);
app.setPath('userData', join(app.getPath('appData'), app.name));
app.setAppPath(folder);
process.defaultApp = true;

await import(pathToFileURL(join(folder, main)).href);
