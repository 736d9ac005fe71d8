import { Command } from 'commander';
import { MILEPOST_VERSION } from '../process/version.ts';
import { addBill } from './bill.ts';
import { addCertificates } from './certificates-command.ts';
import { addExplain } from './explain.ts';
import { addExport } from './export.ts';
import { addServe } from './serve.ts';
import { addVerify } from './verify.ts';
import { addDecode } from './decode-command.ts';
import { addDoctor } from './doctor-command.ts';
import { addAccount } from './account/account-command.ts';
import { addApprovals } from './account/approval-command.ts';
import { addDevice } from './device/device-command.ts';
import { addBench } from './bench/bench-command.ts';

import { usePlatformText } from '../process/platform-text.ts';

/** `milepost`: the core process and its tools without a window. Data goes to stdout, progress and logs to stderr. */
const program = new Command('milepost')
  .description('The core process of Milepost and its tools: plain Node, no window.')
  .version(MILEPOST_VERSION)
  .showSuggestionAfterError()
  .configureOutput({ outputError: (text, write) => write(text) })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

addServe(program);
addCertificates(program);
addDecode(program);
addBill(program);
addVerify(program);
addExplain(program);
addExport(program);
addBench(program);
addDoctor(program);
addDevice(program);
addAccount(program);
addApprovals(program);

usePlatformText();
await program.parseAsync();
