import path from 'node:path';
import { fail, ok, type Result } from '../../core/base/result.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'milepost';
/** The page of the main window. */
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;
/** Where a page of ours comes from; nothing else may speak to the shell. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

const PACKS_PREFIX = 'city-packs/';

/** The two folders the scheme serves. */
export interface AppFolders {
  readonly renderer: string;
  readonly cityPacks: string;
}

export interface AppFile {
  readonly file: string;
  readonly mimeType: string;
}

/** Why an address is not served: nothing of ours is there, it leads out of the folder, or we do not serve such files. */
export type AppUrlRefusal = 'not-an-address' | 'unknown-host' | 'outside-folder' | 'unknown-file-type';

/** Which file an `app://milepost/…` address means; it has not looked whether the file is there. */
export function resolveAppUrl(address: string, folders: AppFolders): Result<AppFile, AppUrlRefusal> {
  const pathname = pathnameOf(address);
  if (!pathname.ok) return pathname;
  const [folder, relative] = pathname.value.startsWith(PACKS_PREFIX)
    ? [folders.cityPacks, pathname.value.slice(PACKS_PREFIX.length)]
    : [folders.renderer, pathname.value];
  if (!staysInside(relative)) return fail('outside-folder');
  const mimeType = MIME_TYPES[path.posix.extname(relative).toLowerCase()];
  if (mimeType === undefined) return fail('unknown-file-type');
  return ok({ file: path.join(folder, ...relative.split('/')), mimeType });
}

function pathnameOf(address: string): Result<string, AppUrlRefusal> {
  if (!URL.canParse(address)) return fail('not-an-address');
  const url = new URL(address);
  if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return fail('unknown-host');
  try {
    return ok(decodeURIComponent(url.pathname).slice(1));
  } catch {
    return fail('not-an-address');
  }
}

/** True for plain names joined by single slashes: no step up, no drive, no second way of writing a separator. */
function staysInside(relative: string): boolean {
  return relative
    .split('/')
    .every((name) => name !== '' && name !== '.' && name !== '..' && !/[\\:\0]/.test(name));
}

const MIME_TYPES: Readonly<Record<string, string | undefined>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.pbf': 'application/x-protobuf',
  '.mvt': 'application/vnd.mapbox-vector-tile',
  '.bin': 'application/octet-stream',
  '.gz': 'application/gzip',
  '.map': 'application/json; charset=utf-8',
};
