import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { must } from '../../core/base/assert.ts';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { controlAsks, controlReplySchema } from '../../core/protocol/control-channel.ts';
import type { Endpoints } from './publisher.ts';

export type ProductAsk = keyof typeof controlAsks;
export type ProductAnswer<N extends ProductAsk> = z.infer<(typeof controlAsks)[N]['answer']>;

/** Puts questions to the product as a person with a command line would; each answer is checked against its shape. */
export interface ProductDesk {
  readonly ask: <N extends ProductAsk>(
    ask: N,
    input: z.input<(typeof controlAsks)[N]['input']>,
  ) => Promise<Result<ProductAnswer<N>, string>>;
  readonly close: () => void;
}

/** A desk at the product's control channel; it connects with its first question, and again after a restart. */
export function productDesk(endpoints: () => Endpoints): ProductDesk {
  let line: ControlLine | null = null;
  return {
    ask: async (ask, input) => {
      if (line === null || line.isClosed()) line = await openLine(endpoints);
      const reply = await line.say({ ask, input });
      if (reply === null) return fail('the product closed its control channel');
      if (!reply.ok) return fail(reply.problem);
      const answer = controlAsks[ask].answer.safeParse(reply.value);
      return answer.success
        ? ok(answer.data as ProductAnswer<typeof ask>)
        : fail(`the product answered ${ask} in another shape`);
    },
    close: () => line?.close(),
  };
}

type Reply = z.infer<typeof controlReplySchema>;

interface ControlLine {
  readonly say: (message: object) => Promise<Reply | null>;
  readonly isClosed: () => boolean;
  readonly close: () => void;
}

async function openLine(endpoints: () => Endpoints): Promise<ControlLine> {
  const { host, control } = endpoints();
  const { port, token } = must(control, 'a run that asks has a control channel');
  const socket: Socket = connect({ host, port, noDelay: true });
  let closed = false;
  const waiting: ((reply: Reply | null) => void)[] = [];
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    for (const settle of waiting.splice(0)) settle(null);
  });
  createInterface({ input: socket })
    .on('line', (text) => waiting.shift()?.(controlReplySchema.parse(JSON.parse(text))))
    .on('error', () => undefined);
  const say = (message: object): Promise<Reply | null> =>
    new Promise((resolve) => {
      if (closed) return resolve(null);
      waiting.push(resolve);
      socket.write(`${JSON.stringify(message)}\n`);
    });
  await say({ token });
  return { say, isClosed: () => closed, close: () => void socket.destroy() };
}
