import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { type AppFile, type AppFolders, APP_SCHEME, resolveAppUrl } from './app-url.ts';
import { contentSecurityPolicy, CSP_NONCE_PLACEHOLDER } from './content-security-policy.ts';

/** Makes `app:` a scheme with an origin of its own, as safe as https. Before the application is ready, or never. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the page and the city packs, and nothing else. After the application is ready. */
export function serveAppScheme(folders: AppFolders): void {
  protocol.handle(APP_SCHEME, (request) => answer(request, folders));
}

async function answer(request: Request, folders: AppFolders): Promise<Response> {
  if (request.method !== 'GET') return refuse(405, `${request.method} is not served`);
  const resolved = resolveAppUrl(request.url, folders);
  if (!resolved.ok) return refuse(404, resolved.error);
  const body = await readFile(resolved.value.file).catch(() => null);
  if (body === null) return refuse(404, 'no such file');
  return resolved.value.mimeType.startsWith('text/html')
    ? answerPage(body.toString('utf8'), resolved.value)
    : new Response(new Uint8Array(body), { headers: headersOf(resolved.value, null) });
}

/** A page gets a nonce nobody can know beforehand, in its policy and in its own tags. */
function answerPage(html: string, file: AppFile): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(html.replaceAll(CSP_NONCE_PLACEHOLDER, nonce), { headers: headersOf(file, nonce) });
}

function headersOf(file: AppFile, nonce: string | null): Record<string, string> {
  return {
    'Content-Type': file.mimeType,
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  };
}

function refuse(status: number, words: string): Response {
  return new Response(words, {
    status,
    headers: { 'Content-Type': 'text/plain', 'Content-Security-Policy': contentSecurityPolicy(null) },
  });
}
