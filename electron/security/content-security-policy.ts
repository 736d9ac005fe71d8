/** Stands in the built page where the nonce of one load goes; the app scheme puts a fresh one there (app-scheme.ts). */
export const CSP_NONCE_PLACEHOLDER = 'MILEPOST_CSP_NONCE';

/**
 * The policy of every answer of the app scheme: nothing from anywhere but the application itself, no inline script, no
 * eval. Style sheets made at run time (the component library writes its theme so) carry the nonce of the page; `null`
 * for answers that are not a page.
 */
export function contentSecurityPolicy(nonce: string | null): string {
  const nonceSource = nonce === null ? '' : ` 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self'${nonceSource}`,
    "font-src 'self'",
    // The map makes its icons from canvases, as blob addresses.
    "img-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
