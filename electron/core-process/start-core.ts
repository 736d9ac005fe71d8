import path from 'node:path';
import { fail, type Result } from '../../core/base/result.ts';
import type { Ready } from '../../core/protocol/report.ts';
import type { ShellArguments } from '../arguments.ts';
import { readBookFile } from '../book-file.ts';
import type { CoreSupervisor } from './core-supervisor.ts';

/** Opens the real data folder, on the machine's own clock. What stands in the way is shown in the window too. */
export async function startCore(
  core: CoreSupervisor,
  asked: Pick<ShellArguments, 'book' | 'data' | 'mqttPort'>,
  userData: string,
): Promise<Result<Ready, string>> {
  const book = asked.book === null ? null : await readBookFile(asked.book);
  if (book?.ok === false) {
    core.refuseToStart(book.error);
    return book;
  }
  const ready = await core.start({
    ...(book === null ? {} : { book: book.value }),
    data: asked.data ?? path.join(userData, 'data'),
    clock: 'system',
    mqttPort: asked.mqttPort,
    host: '127.0.0.1',
  });
  return ready.ok ? ready : fail(ready.error.problem);
}
