import boldLatin from '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff2?url';
import regularLatin from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import boldExtended from '@fontsource/noto-sans/files/noto-sans-latin-ext-600-normal.woff2?url';
import regularExtended from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff2?url';
import type { LabelFonts } from './base-style.ts';

/** The bundled label fonts, by absolute address: a style knows no other kind. */
export function labelFonts(): LabelFonts {
  return {
    regular: { latin: absolute(regularLatin), latinExtended: absolute(regularExtended) },
    bold: { latin: absolute(boldLatin), latinExtended: absolute(boldExtended) },
  };
}

function absolute(address: string): string {
  return new URL(address, document.baseURI).href;
}
