import { addSlot, type Fleet, frameSince, newFleet, updateSlot } from '../../../fleet/fleet.ts';

/** What the bench wants to know: milliseconds there and back of each turn. */
export interface FeedTurns {
  readonly frameBytes: number;
  readonly rounds: readonly { readonly bareMs: number; readonly frameMs: number; readonly deltaMs: number }[];
}

interface Port {
  on(event: 'message', listener: (event: { readonly data: number }) => void): void;
  once(event: 'message', listener: () => void): void;
  postMessage(message: unknown): void;
  start(): void;
}
interface ParentPort {
  once(event: 'message', listener: (event: { readonly ports: readonly Port[] }) => void): void;
  postMessage(message: FeedTurns): void;
}

const VEHICLES = 100_000;
const DELTA_VEHICLES = VEHICLES / 20;
const ROUNDS = 15;
const WARM_UP_ROUNDS = 5;

const { parentPort } = process as unknown as { readonly parentPort: ParentPort };
parentPort.once('message', ({ ports: [port] }) => {
  if (port !== undefined) void measure(port).then((turns) => parentPort.postMessage(turns));
});

async function measure(port: Port): Promise<FeedTurns> {
  const fleet = newFleet();
  for (let slot = 0; slot < VEHICLES; slot += 1) addSlot(fleet);
  drive(fleet, VEHICLES, 0);
  const isThere = answered(port);
  port.start();
  await isThere;
  const frameBytes = frameSince(fleet, 0, 0, 0)?.buffer.byteLength ?? 0;
  const rounds: { bareMs: number; frameMs: number; deltaMs: number }[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const bareMs = await thereAndBack(port, 'bare', (buffer) => buffer, new ArrayBuffer(frameBytes));
    const frameMs = await thereAndBack(port, 'frame', () => frameSince(fleet, 0, round, round)?.buffer, null);
    const before = fleet.changeCounter;
    drive(fleet, DELTA_VEHICLES, round);
    const delta = (): ArrayBuffer | undefined => frameSince(fleet, before, round, round)?.buffer;
    const deltaMs = await thereAndBack(port, 'frame', delta, null);
    if (round >= WARM_UP_ROUNDS) rounds.push({ bareMs, frameMs, deltaMs });
  }
  return { frameBytes, rounds };
}

/** Every so many vehicles of the fleet, evenly spread, have moved. */
function drive(fleet: Fleet, vehicles: number, round: number): void {
  const stride = VEHICLES / vehicles;
  for (let i = 0; i < vehicles; i += 1) {
    const slot = i * stride;
    const reading = {
      device: 'd',
      observedAtMs: round,
      latitudeDegrees: 51 + slot / 1e6 + round / 1e4,
      longitudeDegrees: slot / 1e6,
      headingDegrees: slot % 360,
      speedKmh: 50,
    };
    updateSlot(fleet, slot, reading, round * 1_000);
  }
}

async function thereAndBack<T>(
  port: Port,
  mode: 'bare' | 'frame',
  make: (given: T) => ArrayBuffer | undefined,
  given: T,
): Promise<number> {
  port.postMessage(mode);
  const startMs = performance.now();
  const isBack = answered(port);
  port.postMessage(make(given));
  await isBack;
  return performance.now() - startMs;
}

function answered(port: Port): Promise<void> {
  return new Promise((resolve) => port.once('message', () => resolve()));
}
