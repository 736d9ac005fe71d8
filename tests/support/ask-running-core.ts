import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Puts questions to the core that runs on a data folder, one after another over one connection, and gives their
 * answers: what another program on this machine would do, knowing nothing of ours but the channel.
 */
export async function askRunningCore(
  data: string,
  questions: readonly (readonly [ask: string, input: unknown])[],
): Promise<readonly unknown[]> {
  const textOf = (file: string): string => readFileSync(path.join(data, file), 'utf8').trim();
  const socket = connect(Number(textOf('control-port')), '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const send = async (message: object): Promise<{ readonly value?: unknown }> => {
    socket.write(`${JSON.stringify(message)}\n`);
    const line = await lines.next();
    return JSON.parse(String(line.value)) as { readonly value?: unknown };
  };
  await send({ token: textOf('control-token') });
  const answers: unknown[] = [];
  for (const [ask, input] of questions) answers.push((await send({ ask, input })).value);
  socket.destroy();
  return answers;
}
