import path from 'node:path';

/** Where the parts of the program lie, seen from the built main file. */
export interface AppPaths {
  readonly core: string;
  readonly simulator: string;
  readonly preload: string;
  readonly renderer: string;
  readonly cityPacks: string;
}

/**
 * `mainFolder` is the folder of the running main file, out/electron. City packs are built beside it in a checkout; an
 * installed program has them outside its archive, in `resourcesFolder`.
 */
export function appPaths(mainFolder: string, resourcesFolder: string | null): AppPaths {
  const out = path.dirname(mainFolder);
  return {
    core: path.join(mainFolder, 'core.js'),
    simulator: path.join(mainFolder, 'simulator.js'),
    preload: path.join(out, 'preload', 'preload.cjs'),
    renderer: path.join(out, 'renderer'),
    cityPacks: path.join(resourcesFolder ?? out, 'city-packs'),
  };
}
