import { contextBridge, ipcRenderer } from 'electron';
import {
  type AppInfo,
  type CoreState,
  type MilepostBridge,
  PORT_MESSAGE,
} from '../../core/protocol/bridge.ts';
import type { SimulatorView } from '../../core/protocol/simulator-panel.ts';
import {
  CORE_STATE_CHANNEL,
  NOTICE_CHANNEL,
  PORT_CHANNEL,
  SHELL_CHANNEL,
  SIMULATOR_CHANNEL,
} from '../ipc/channels.ts';
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
  simulatorDo: (command) => void ask({ verb: 'simulator-do', command }),
  onSimulator: (listener) => {
    ipcRenderer.on(SIMULATOR_CHANNEL, (_event, view: SimulatorView | null) => listener(view));
    void ask<SimulatorView | null>({ verb: 'simulator-view' }).then(listener);
  },
  resetDemo: () => void ask({ verb: 'reset-demo' }),
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
