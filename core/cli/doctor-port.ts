import { createServer } from 'node:net';
import type { DoctorFinding } from './doctor-finding.ts';

/** How many ports above a taken one are tried. */
const PORTS_TRIED = 50;

/** Whether trackers can reach the broker: its port on loopback is free, or which one is. */
export async function checkPort(port: number): Promise<DoctorFinding> {
  const subject = 'MQTT port';
  if (await isFree(port)) return { subject, state: 'good', found: `${port} is free`, advice: null };
  const next = await firstFree(port + 1);
  return {
    subject,
    state: 'bad',
    found: `${port} on 127.0.0.1 is taken by another program`,
    advice: next === null ? 'stop that program' : `stop that program, or use --mqtt-port ${next}`,
  };
}

async function firstFree(from: number): Promise<number | null> {
  for (let port = from; port < from + PORTS_TRIED && port <= 65_535; port += 1) {
    if (await isFree(port)) return port;
  }
  return null;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
