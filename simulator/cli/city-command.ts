import { Command, InvalidArgumentError } from 'commander';
import { buildCity } from '../city/build-city.ts';
import { EXIT } from './exit.ts';

interface BuildOptions {
  readonly name: string;
  readonly timeZone: string;
  readonly country: string;
  readonly bounds?: readonly [number, number, number, number];
  readonly output: string;
}

/** `fleet-sim city build`: a city pack of a customer's own. */
export function cityCommand(): Command {
  return new Command('city').description('make a city to drive in').addCommand(buildCommand());
}

function buildCommand(): Command {
  return new Command('build')
    .description(
      'turn an OpenStreetMap extract into a city pack: streets to drive on, layers of the base map',
    )
    .argument('<extract>', 'an .osm.pbf file of the city')
    .requiredOption('--name <name>', 'what the city is called; its folder is called after it')
    .requiredOption('--time-zone <zone>', 'such as Europe/London')
    .option('--country <code>', 'two letters, such as GB', '')
    .option('--bounds <degrees>', 'west,south,east,north: only this part of the extract', readBounds)
    .option('-o, --output <folder>', 'where the city packs are', 'out/city-packs')
    .addHelpText(
      'after',
      `
The extract is one you downloaded; nothing is fetched. Its data stays under the Open Database License, which goes with
the pack, and the map shows "© OpenStreetMap contributors".

Examples:
  npm run -s fleet-sim -- city build greater-london.osm.pbf --name London --time-zone Europe/London --country GB
  npm run -s fleet-sim -- city build england.osm.pbf --name Leeds --time-zone Europe/London \\
      --bounds=-1.80,53.70,-1.29,53.95
  npm run -s fleet-sim -- run --city london --vehicles 200`,
    )
    .action((extract: string, options: BuildOptions) => {
      process.exitCode = build(extract, options);
    });
}

function build(extract: string, { name, timeZone, country, bounds, output }: BuildOptions): number {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const city = { extract, name, timeZone, country, bounds: bounds ?? null, packsFolder: output };
  const built = buildCity(city, say);
  if (!built.ok) {
    say(built.error);
    return EXIT.badUsage;
  }
  const { id, counts } = built.value;
  process.stdout.write(
    `${id}: ${Math.round(counts.connectedKilometres)} of ${Math.round(counts.drivableKilometres)} km connected, ` +
      `${counts.junctions} junctions, in ${output}/${id}\n`,
  );
  return EXIT.pass;
}

function readBounds(text: string): readonly [number, number, number, number] {
  const [west, south, east, north, ...more] = text.split(',').map(Number);
  const isWhole =
    [west, south, east, north].every((degrees) => Number.isFinite(degrees)) && more.length === 0;
  if (west !== undefined && south !== undefined && east !== undefined && north !== undefined && isWhole) {
    if (west < east && south < north) return [west, south, east, north];
  }
  throw new InvalidArgumentError('four degrees, west,south,east,north, such as -0.51,51.28,0.33,51.69');
}
