import type { Finding } from './tree.ts';

/** Names that say what code is instead of what the business does with it. */
const EMPTY_NAMES = new Set(['common', 'helpers', 'lib', 'managers', 'misc', 'services', 'shared', 'utils']);
const LEVELS_MAX = 5;
/** Map data is built from packages and stays out of the tree (docs/third-party-notices.md). */
const MAP_DATA = /\.(geojson|mvt|pbf|pmtiles|osm)$/;

/** Folder names, depth, and the README each folder of core owes a newcomer. */
export function checkFolders(paths: readonly string[]): readonly Finding[] {
  return [...checkNames(paths), ...checkReadmes(paths)];
}

function checkNames(paths: readonly string[]): readonly Finding[] {
  return paths.flatMap((path) => {
    const folders = path.split('/').slice(0, -1);
    const problems = [
      ...folders
        .filter((folder) => EMPTY_NAMES.has(folder))
        .map((folder) => `"${folder}" says nothing of the business: name the folder for what it does`),
      ...(folders.length > LEVELS_MAX ? [`deeper than ${LEVELS_MAX} folders`] : []),
      ...(MAP_DATA.test(path) ? ['map data is built, never committed'] : []),
    ];
    return problems.map((problem) => ({ where: path, problem }));
  });
}

function checkReadmes(paths: readonly string[]): readonly Finding[] {
  const present = new Set(paths);
  const folders = new Set(paths.flatMap((path) => /^core\/[^/]+(?=\/.*\.ts$)/.exec(path) ?? []));
  return [...folders]
    .filter((folder) => !present.has(`${folder}/README.md`))
    .map((folder) => ({
      where: folder,
      problem: 'needs a README.md: owns, does not own, times and units, invariant',
    }));
}
