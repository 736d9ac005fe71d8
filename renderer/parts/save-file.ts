/** Long enough for the shell to have begun the download. */
const KEPT_MS = 60_000;

/** Hands a text, or bytes, to the person as a file; the shell asks where to put it. */
export function saveFile(name: string, content: string | Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
