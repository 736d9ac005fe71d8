import path from 'node:path';
import { fail, type Result } from '../../core/base/result.ts';
import type { CoreStart } from '../../core/protocol/process-messages.ts';
import type { Ready } from '../../core/protocol/report.ts';
import type { DoorSettings, ShellArguments } from '../arguments.ts';
import { readBookFile } from '../book-file.ts';
import type { CoreSupervisor } from './core-supervisor.ts';

/** Opens the real data folder, on the machine's own clock. What stands in the way is shown in the window too. */
export async function startCore(
  core: CoreSupervisor,
  asked: Pick<ShellArguments, 'book' | 'data' | 'mqttPort' | 'door'>,
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
    ...doorOf(asked.door),
  });
  return ready.ok ? ready : fail(ready.error.problem);
}

function doorOf({
  host,
  mqttsPort,
  tcpPorts,
  udpPorts,
}: DoorSettings): Pick<CoreStart, 'host' | 'mqttsPort' | 'tcpPorts' | 'udpPorts'> {
  return {
    host,
    ...(mqttsPort === null ? {} : { mqttsPort }),
    ...(Object.keys(tcpPorts).length === 0 ? {} : { tcpPorts }),
    ...(Object.keys(udpPorts).length === 0 ? {} : { udpPorts }),
  };
}
