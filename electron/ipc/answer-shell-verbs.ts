import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { AppInfo, CoreState } from '../../core/protocol/bridge.ts';
import type { SimulatorCommand, SimulatorView } from '../../core/protocol/simulator-panel.ts';
import { APP_ORIGIN } from '../security/app-url.ts';
import { SHELL_CHANNEL } from './channels.ts';
import { type ShellVerb, shellVerbSchema } from './shell-verbs.ts';

/** What the shell does for a page that asks. */
export interface ShellAnswers {
  readonly appInfo: () => AppInfo;
  readonly coreState: () => CoreState;
  readonly takeNotice: () => string | null;
  readonly requestPort: (contents: WebContents) => void;
  readonly startOnPort: (mqttPort: number) => void;
  /** Null while no demo fleet is there. */
  readonly simulatorView: () => SimulatorView | null;
  readonly simulatorDo: (command: SimulatorCommand) => void;
  readonly resetDemo: () => void;
}

/** Answers the pages of our own windows; a stranger, or a question not on the list, gets an error and nothing else. */
export function answerShellVerbs(
  answers: ShellAnswers,
  isOurWindow: (contents: WebContents) => boolean,
): void {
  ipcMain.handle(SHELL_CHANNEL, (event, message: unknown) => {
    if (!isTrustedSender(event, isOurWindow)) throw new Error('refused: not a page of this application');
    const verb = shellVerbSchema.safeParse(message);
    if (!verb.success) throw new Error('refused: not a question the shell answers');
    return answer(verb.data, answers, event.sender);
  });
}

/** Only the top frame of a window we opened, and only while it shows our own page. */
function isTrustedSender(
  event: IpcMainInvokeEvent,
  isOurWindow: (contents: WebContents) => boolean,
): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    frame === event.sender.mainFrame &&
    frame.origin === APP_ORIGIN &&
    isOurWindow(event.sender)
  );
}

function answer(verb: ShellVerb, answers: ShellAnswers, sender: WebContents): unknown {
  switch (verb.verb) {
    case 'app-info':
      return answers.appInfo();
    case 'core-state':
      return answers.coreState();
    case 'take-notice':
      return answers.takeNotice();
    case 'request-port':
      return answers.requestPort(sender);
    case 'start-on-port':
      return answers.startOnPort(verb.mqttPort);
    case 'simulator-view':
      return answers.simulatorView();
    case 'simulator-do':
      return answers.simulatorDo(verb.command);
    case 'reset-demo':
      return answers.resetDemo();
  }
}
