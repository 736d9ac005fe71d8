import { utilityProcess } from 'electron';

/** A process of ours beside the shell, as far as the shell needs to know it. */
export interface ChildProcess {
  /** Undefined once it has ended. */
  readonly pid: number | undefined;
  postMessage(message: unknown, ports?: readonly Electron.MessagePortMain[]): void;
  /** What it says is not trusted to have any shape. */
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

/** Forks one of our built entries as an Electron utility process; what it prints goes where the shell prints. */
export function forkChild(entryFile: string, name: string): ChildProcess {
  const child = utilityProcess.fork(entryFile, [], { serviceName: name, stdio: 'inherit' });
  return {
    get pid() {
      return child.pid;
    },
    postMessage: (message, ports = []) => child.postMessage(message, [...ports]),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
