import { say } from './progress.mjs';

/** Chromium draws WebGL on the processor: what a virtual screen without a graphics card needs. */
const SOFTWARE_DRAWING = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/**
 * The switches Electron needs on this machine, none on an ordinary desktop.
 * @param {{ isVirtualDisplay: boolean }} screen
 * @returns {string[]}
 */
export function electronFlags({ isVirtualDisplay }) {
  const flags = isVirtualDisplay ? [...SOFTWARE_DRAWING] : [];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('running as root: Chromium refuses its sandbox to root, so --no-sandbox is passed');
    flags.push('--no-sandbox');
  }
  return flags;
}
