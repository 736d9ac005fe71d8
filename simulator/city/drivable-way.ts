/** What the law of the road says about a way: its class, how fast, and in which direction along its line. */
export interface DrivableWay {
  readonly class: RoadClass;
  readonly speedKmh: number;
  readonly direction: 'both' | 'forward' | 'backward';
  /** Closed to ordinary vehicles (private, buses only): drawn on the map, never driven. */
  readonly isOpen: boolean;
}

/** From the most to the least important; the rank on the map is the place in this list. */
export const roadClasses = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'living_street',
  'service',
] as const;
export type RoadClass = (typeof roadClasses)[number];

/** Where no limit is signed. City values: both sources are inside a city's bounds. */
const DEFAULT_KMH: Readonly<Record<RoadClass, number>> = {
  motorway: 90,
  trunk: 70,
  primary: 50,
  secondary: 50,
  tertiary: 50,
  unclassified: 40,
  residential: 30,
  living_street: 10,
  service: 15,
};

const DEFAULT_LINK_KMH = 50;
const CLOSED = new Set(['no', 'private', 'psv', 'bus', 'agricultural', 'forestry']);
/** The more particular tag decides: a street closed to all, open to motor vehicles, is open. */
const ACCESS_TAGS = ['motorcar', 'motor_vehicle', 'vehicle', 'access'] as const;
const SLOWEST_KMH = 5;
const FASTEST_KMH = 110;

/** Reads the tags of a way; null for what no car drives on (footways, cycleways, works, areas). */
export function drivableWay(tags: Readonly<Record<string, string>>): DrivableWay | null {
  const highway = tags['highway'] ?? '';
  const isLink = highway.endsWith('_link');
  const name = isLink ? highway.slice(0, -'_link'.length) : highway;
  const roadClass = roadClasses.find((known) => known === name);
  if (roadClass === undefined || tags['area'] === 'yes') return null;
  return {
    class: roadClass,
    speedKmh: speedKmh(tags, isLink ? DEFAULT_LINK_KMH : DEFAULT_KMH[roadClass]),
    direction: direction(tags, roadClass === 'motorway'),
    isOpen: isOpen(tags),
  };
}

function speedKmh(tags: Readonly<Record<string, string>>, defaultKmh: number): number {
  const signed = /^(\d{1,3})( mph)?$/.exec(tags['maxspeed'] ?? '');
  if (signed === null) return defaultKmh;
  const value = Number(signed[1]) * (signed[2] === undefined ? 1 : 1.609344);
  return Math.min(FASTEST_KMH, Math.max(SLOWEST_KMH, Math.round(value)));
}

/** A motorway (and its slip roads) and a roundabout run one way unless a tag says otherwise. */
function direction(tags: Readonly<Record<string, string>>, isMotorway: boolean): DrivableWay['direction'] {
  const oneway = tags['oneway'];
  if (oneway === '-1' || oneway === 'reverse') return 'backward';
  if (oneway === 'yes' || oneway === '1' || oneway === 'true') return 'forward';
  if (oneway === 'no' || oneway === '0' || oneway === 'false') return 'both';
  const junction = tags['junction'];
  return isMotorway || junction === 'roundabout' || junction === 'circular' ? 'forward' : 'both';
}

function isOpen(tags: Readonly<Record<string, string>>): boolean {
  const deciding = ACCESS_TAGS.map((tag) => tags[tag]).find((value) => value !== undefined);
  return deciding === undefined || !CLOSED.has(deciding);
}
