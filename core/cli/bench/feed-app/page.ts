import { readFeedFrame } from '../../../protocol/feed-frame.ts';

/** The parts of a page this needs; the types of a whole page would be the types of the whole command line. */
interface PagePort {
  onmessage: (event: { readonly data: ArrayBuffer | 'bare' | 'frame' }) => void;
  postMessage(value: number): void;
}
interface PageScope {
  addEventListener(
    type: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly PagePort[] }) => void,
  ): void;
}

const VEHICLES_MAX = 131_072;
const x = new Float32Array(VEHICLES_MAX);
const y = new Float32Array(VEHICLES_MAX);
const dressed = new Uint32Array(VEHICLES_MAX);
let isBare = true;

(globalThis as unknown as PageScope).addEventListener('message', ({ data, ports: [port] }) => {
  if (data !== 'port' || port === undefined) return;
  port.onmessage = ({ data }) => {
    if (typeof data === 'string') isBare = data === 'bare';
    else port.postMessage(isBare ? data.byteLength : readFrame(data));
  };
  port.postMessage(0);
});

/** What a map does with a frame before it draws: every column of every vehicle into its slot. */
function readFrame(buffer: ArrayBuffer): number {
  const frame = readFeedFrame(buffer);
  for (let i = 0; i < frame.count; i += 1) {
    const slot = frame.slots[i] ?? 0;
    x[slot] = (frame.longitudesE7[i] ?? 0) / 1e7;
    y[slot] = (frame.latitudesE7[i] ?? 0) / 1e7;
    dressed[slot] =
      ((frame.headingsCentidegrees[i] ?? 0) << 8) ^ (frame.motions[i] ?? 0) ^ (frame.speedsDecikmh[i] ?? 0);
  }
  return frame.count;
}
