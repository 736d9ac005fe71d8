import os from 'node:os';
import path from 'node:path';

/** Where data is kept when no folder is named: the place each system has for it. */
export function defaultDataFolder(): string {
  const home = os.homedir();
  if (process.platform === 'win32') return path.join(process.env['LOCALAPPDATA'] ?? home, 'Milepost', 'data');
  if (process.platform === 'darwin')
    return path.join(home, 'Library', 'Application Support', 'Milepost', 'data');
  return path.join(process.env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'milepost', 'data');
}
