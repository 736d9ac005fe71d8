import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DoctorFinding, DoctorOptions } from './doctor-finding.ts';

/** An Electron on this machine, and how it came here. */
export interface FoundElectron {
  readonly executable: string;
  readonly version: string;
  readonly source: 'ELECTRON_OVERRIDE_DIST_PATH' | 'Electron’s release' | 'the npm registry';
}

const NODE_MINIMUM = [20, 19] as const;

/** Node runs the tools and `milepost serve`. */
export function checkNode(version: string): DoctorFinding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor >= NODE_MINIMUM[1]);
  return {
    subject: 'Node',
    state: isEnough ? 'good' : 'bad',
    found: version,
    advice: isEnough ? null : `install Node ${NODE_MINIMUM.join('.')} or newer`,
  };
}

/** The Electron that `npm start` would take, by the same order of preference; null when it would fetch one first. */
export function findElectron({
  checkout,
  environment,
}: Pick<DoctorOptions, 'checkout' | 'environment'>): FoundElectron | null {
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const places = [
    ...(override === '' ? [] : [{ folder: override, source: 'ELECTRON_OVERRIDE_DIST_PATH' as const }]),
    { folder: path.join(checkout, 'node_modules/electron/dist'), source: 'Electron’s release' as const },
    { folder: path.join(checkout, '.runtime/electron-33.2.1'), source: 'the npm registry' as const },
  ];
  for (const { folder, source } of places) {
    const executable = path.join(folder, executableName());
    if (existsSync(executable)) return { executable, version: versionOf(folder), source };
  }
  return null;
}

/** Which Electron opens the window. */
export function checkElectron(
  electron: FoundElectron | null,
  { environment }: Pick<DoctorOptions, 'environment'>,
): DoctorFinding {
  const subject = 'Electron';
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  if (override !== '' && electron?.source !== 'ELECTRON_OVERRIDE_DIST_PATH') {
    return {
      subject,
      state: 'bad',
      found: `ELECTRON_OVERRIDE_DIST_PATH is ${override}, without ${executableName()} in it`,
      advice: 'name the folder of an unpacked Electron, or unset the variable',
    };
  }
  if (electron === null) {
    return {
      subject,
      state: 'warning',
      found: 'none yet',
      advice: 'npm start fetches it; milepost serve needs none',
    };
  }
  const isStandIn = electron.source === 'the npm registry';
  return {
    subject,
    state: isStandIn ? 'warning' : 'good',
    found: `${electron.version}, from ${electron.source}`,
    advice: isStandIn
      ? 'right for development, tests and demos only; with a network, delete .runtime and npm start fetches the release'
      : null,
  };
}

/** Whether a window can be drawn here. */
export function checkDisplay(electron: FoundElectron | null, environment: NodeJS.ProcessEnv): DoctorFinding {
  const subject = 'display';
  if (process.platform !== 'linux') return { subject, state: 'good', found: process.platform, advice: null };
  const missing = electron === null ? [] : missingLibraries(electron.executable);
  if (missing.length > 0) {
    return {
      subject,
      state: 'bad',
      found: `Electron lacks ${missing.join(', ')}`,
      advice: 'npm start prints the command that installs them (and runs it, as root on Debian)',
    };
  }
  const display = environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'] ?? '';
  if (display !== '') return { subject, state: 'good', found: display, advice: null };
  return {
    subject,
    state: 'warning',
    found: 'none: npm start runs under Xvfb, where nobody sees the window',
    advice: 'set DISPLAY to see it, or use milepost serve',
  };
}

function missingLibraries(executable: string): readonly string[] {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').flatMap((line) => /^\s*(\S+) => not found/.exec(line)?.[1] ?? []);
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function versionOf(folder: string): string {
  const file = path.join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown version';
}
