import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** False where Debian's mosquitto-clients are not installed. */
export const hasMosquittoSub = spawnSync('mosquitto_sub', ['--help']).error === undefined;

export interface HeardMessage {
  readonly topic: string;
  readonly qos: number;
  readonly isRetained: boolean;
  readonly message: Readonly<Record<string, unknown>>;
}

export interface MosquittoSub {
  /** The next message that fits; earlier ones that do not are passed over. */
  next(fits: (heard: HeardMessage) => boolean): Promise<HeardMessage>;
}

/** Subscribes with Debian's mosquitto_sub, a client we did not write, at QoS 1. */
export function mosquittoSub(mqttPort: number, filter: string, more: readonly string[] = []): MosquittoSub {
  const broker = ['-h', '127.0.0.1', '-p', String(mqttPort), '-V', 'mqttv311'];
  const program = spawn('mosquitto_sub', [...broker, '-q', '1', '-t', filter, '-F', '%q %r %t %p', ...more]);
  onTestFinished(() => void program.kill());
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  return {
    next: async (fits) => {
      for (;;) {
        const line = await lines.next();
        if (line.done === true) throw new Error('mosquitto_sub ended');
        const heard = messageOf(line.value);
        if (fits(heard)) return heard;
      }
    },
  };
}

function messageOf(line: string): HeardMessage {
  const [qos = '', retained = '', topic = ''] = line.split(' ');
  const payload = line.slice(`${qos} ${retained} ${topic} `.length);
  return {
    topic,
    qos: Number(qos),
    isRetained: retained === '1',
    message: JSON.parse(payload) as Record<string, unknown>,
  };
}
