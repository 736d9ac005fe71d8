import { contextBridge, ipcRenderer } from 'electron';
import {
  type AppInfo,
  type CoreState,
  type MilepostBridge,
  PORT_MESSAGE,
} from '../../core/protocol/bridge.ts';
import { CORE_STATE_CHANNEL, NOTICE_CHANNEL, PORT_CHANNEL, SHELL_CHANNEL } from '../ipc/channels.ts';
import type { ShellVerb } from '../ipc/shell-verbs.ts';

// The page cannot be handed a port through the bridge, only as a message to its own window.
ipcRenderer.on(PORT_CHANNEL, (event) => window.postMessage(PORT_MESSAGE, window.origin, event.ports));

const bridge: MilepostBridge = {
  requestPort: () => void ask({ verb: 'request-port' }),
  appInfo: () => ask<AppInfo>({ verb: 'app-info' }),
  onCoreState: (listener) => {
    ipcRenderer.on(CORE_STATE_CHANNEL, (_event, state: CoreState) => listener(state));
    void ask<CoreState>({ verb: 'core-state' }).then(listener);
  },
  onNotice: (listener) => {
    ipcRenderer.on(NOTICE_CHANNEL, () => void takeNotice(listener));
    void takeNotice(listener);
  },
  startOnPort: (mqttPort) => void ask({ verb: 'start-on-port', mqttPort }),
};

contextBridge.exposeInMainWorld('milepost', bridge);

async function takeNotice(listener: (words: string) => void): Promise<void> {
  const words = await ask<string | null>({ verb: 'take-notice' });
  if (words !== null) listener(words);
}

function ask<Answer>(verb: ShellVerb): Promise<Answer> {
  return ipcRenderer.invoke(SHELL_CHANNEL, verb) as Promise<Answer>;
}
