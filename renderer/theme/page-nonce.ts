/** The nonce of this load, which style sheets made at run time must carry; '' outside the app scheme. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
