import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { must } from '../../core/base/assert.ts';
import type { Book } from '../../core/protocol/book.ts';
import { countsSchema, type Ready, readySchema } from '../../core/protocol/report.ts';
import { productDesk } from '../run/ask-product.ts';
import type { Endpoints } from '../run/publisher.ts';
import type { ProductFigures, ScenarioProduct } from '../scenarios/scenario-product.ts';
import { readFigures } from './read-figures.ts';

const ROOT = join(import.meta.dirname, '../..');
const MILEPOST = join(ROOT, 'core/cli/milepost.ts');

/** A product of our own: `milepost serve` in a scratch folder, on free ports of this machine, its clock ours to drive. */
export async function serveProduct(folder: string, book: Book): Promise<ScenarioProduct> {
  const served = new ServedProduct(folder, book);
  await served.start();
  return {
    endpoints: () => served.endpoints(),
    restart: () => served.restart(),
    finish: () => served.finish(),
    abandon: () => served.abandon(),
  };
}

class ServedProduct {
  private readonly folder: string;
  private readonly data: string;
  private child: ChildProcess | null = null;
  private ready: Ready | null = null;

  constructor(folder: string, book: Book) {
    this.folder = folder;
    this.data = join(folder, 'data');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'book.json'), JSON.stringify(book));
  }

  async start(): Promise<void> {
    const words: string[] = [];
    const child = spawn(process.execPath, ['--import', 'tsx', MILEPOST, ...this.serveWords()], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A simulator that ends takes its product with it.
    const takeAlong = (): void => void child.kill('SIGKILL');
    process.once('exit', takeAlong);
    child.once('exit', () => process.off('exit', takeAlong));
    child.stderr.on('data', (chunk: Buffer) => words.push(chunk.toString()));
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`milepost serve ended with ${String(code)}: ${words.join('').trim()}`);
    });
    this.child = child;
    this.ready = await Promise.race([firstLine(child), ended]);
    ended.catch(() => undefined);
  }

  endpoints(): Endpoints {
    const { mqtt, tcp, udp, control } = must(this.ready, 'a product that was started');
    const token = readFileSync(join(this.data, 'control-token'), 'utf8').trim();
    return {
      host: '127.0.0.1',
      mqttPort: mqtt,
      ...(tcp === undefined ? {} : { tcpPorts: tcp }),
      ...(udp === undefined ? {} : { udpPorts: udp }),
      control: { port: must(control, 'a driven clock has a control channel'), token },
    };
  }

  async restart(): Promise<void> {
    await this.end('SIGKILL');
    await this.start();
  }

  async finish(): Promise<ProductFigures> {
    const desk = productDesk(() => this.endpoints());
    const now = await desk.ask('money.now', {});
    desk.close();
    await this.end('SIGTERM');
    const counts = countsSchema.parse(JSON.parse(readFileSync(this.reportFile(), 'utf8')));
    const fault = now.ok ? now.value.fault : now.error;
    return { ...(await readFigures(this.data)), counts, bookFaults: fault === null ? [] : [fault] };
  }

  async abandon(): Promise<void> {
    if (this.child !== null && this.child.exitCode === null && this.child.signalCode === null)
      await this.end('SIGKILL');
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = must(this.child, 'a product that was started');
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  private serveWords(): readonly string[] {
    const book = join(this.folder, 'book.json');
    const own = ['serve', '--data', this.data, '--book', book, '--report', this.reportFile()];
    const ports = [
      '--mqtt-port',
      '0',
      '--tcp-port',
      'teltonika=0',
      'queclink=0',
      '--udp-port',
      'teltonika=0',
      'queclink=0',
    ];
    return [...own, '--clock', 'driven', ...ports];
  }

  private reportFile(): string {
    return join(this.folder, 'report.json');
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<Ready> {
  for await (const line of createInterface({ input: must(stdout, 'a piped output') })) {
    return readySchema.parse(JSON.parse(line));
  }
  throw new Error('milepost serve said nothing');
}
