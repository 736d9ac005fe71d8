import { gothenburgSource } from './gothenburg-source.ts';
import { montevideoSource } from './montevideo-source.ts';
import type { CitySource } from '../../simulator/city/source-way.ts';

/** A city that can be built: what it is, the pinned files it is built from, and how they are read. */
export interface CityDefinition {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
  readonly package: string;
  readonly version: string;
  /** Path inside the package, and the SHA-256 of the file there. */
  readonly files: Readonly<Record<string, string>>;
  readonly read: (files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) => CitySource;
}

const montevideoTile = (name: string): string => `real-world/osm-qa-montevideo/${name}.mvt`;

export const cities: readonly CityDefinition[] = [
  {
    id: 'gothenburg',
    name: 'Gothenburg',
    country: 'SE',
    timeZone: 'Europe/Stockholm',
    package: 'geojson-path-finder',
    version: '2.1.0',
    files: {
      'test/large-network.json': 'e43f69b9b18a6b37d6a73fcb95631389be2ebae44cb3b74efc3b493d6033c1e4',
    },
    read: gothenburgSource,
  },
  {
    id: 'montevideo',
    name: 'Montevideo',
    country: 'UY',
    timeZone: 'America/Montevideo',
    package: '@mapbox/mvt-fixtures',
    version: '4.0.0',
    files: {
      [montevideoTile('12-1407-2471')]: '7c2d5191d9593c1cbbbecd34d4e92a5cbe0a174b5e225cee87324fe68156a05b',
      [montevideoTile('12-1407-2472')]: '661da3947c1f83fb1feb10ed94a9f01827df63f91271f99308c1fdc188823701',
      [montevideoTile('12-1408-2471')]: '3c95f081cf0df71bc73d3e22eedb91d2b2e93b8868a26715a33f86893f44b071',
      [montevideoTile('12-1408-2472')]: 'd0da79a218328b4962952a2db0ab602a30f45399f4764b2d1352477b0cadbce6',
      [montevideoTile('12-1409-2471')]: '9bfff6bdf604546b3aba9c91b091433b391f7ec6b8ddb67a1e247a99b0ba840e',
      [montevideoTile('12-1409-2472')]: '3305f743f01d60843ed06dc933dfa7a05d954365248eaf1ac35971d72a317df3',
      [montevideoTile('12-1410-2471')]: '74459af5089482c64a7a95b187b40ae0fa06e36694ece99f9a5285aa29d0dc29',
      [montevideoTile('12-1410-2472')]: '94474e1440f799255b0394cee49fda93def52d61bb73d60d99d375570aeda3df',
    },
    read: montevideoSource,
  },
];
