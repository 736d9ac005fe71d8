import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Publishes with Debian's mosquitto_pub, a client we did not write, at QoS 1: it ends well only when the broker has
 * acknowledged, which ours does only when the packet is on disk.
 */
export async function mosquittoPub(mqttPort: number, topic: string, payload: string): Promise<void> {
  const broker = ['-h', '127.0.0.1', '-p', String(mqttPort), '-V', 'mqttv311'];
  await run('mosquitto_pub', [...broker, '-q', '1', '-t', topic, '-m', payload]);
}
