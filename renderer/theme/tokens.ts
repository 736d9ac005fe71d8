/**
 * The colours of the product, one table a theme. Grey when all is well: saturated colour belongs to alarms, to what is
 * selected and to the bars of a chart. Text colours keep 4.5:1 on both surfaces of their theme, lines 3:1 (tested).
 */
export interface Tokens {
  readonly surface: string;
  readonly raised: string;
  readonly hover: string;
  readonly border: string;
  /** Edges of things one can type in or press: 3:1 on both surfaces. */
  readonly edge: string;
  readonly text: string;
  readonly muted: string;
  readonly p1: string;
  readonly p2: string;
  readonly p3: string;
  readonly selection: string;
  /** Text on a fill of `selection`. */
  readonly onSelection: string;
  readonly stale: string;
  readonly revenue: string;
  readonly miles: string;
  readonly mapGround: string;
  readonly mapPark: string;
  readonly mapRoadCasing: string;
  readonly mapRoadMinor: string;
  readonly mapRoadMiddle: string;
  readonly mapRoadMajor: string;
  readonly mapLabel: string;
  readonly mapPlace: string;
}

export type ThemeName = 'dark' | 'light';

export const tokensByTheme: Readonly<Record<ThemeName, Tokens>> = {
  dark: {
    surface: '#1E2226',
    raised: '#262B30',
    hover: '#30373D',
    border: '#3A4249',
    edge: '#7E8992',
    text: '#E8EAED',
    muted: '#A9B1B8',
    p1: '#FF5A4F',
    p2: '#E69F00',
    p3: '#F0E442',
    selection: '#56B4E9',
    onSelection: '#12161A',
    stale: '#8F9AA3',
    revenue: '#56B4E9',
    miles: '#1FB58B',
    mapGround: '#181C1F',
    mapPark: '#1B2622',
    mapRoadCasing: '#121518',
    mapRoadMinor: '#30373D',
    mapRoadMiddle: '#3D464E',
    mapRoadMajor: '#515D67',
    mapLabel: '#8B959E',
    mapPlace: '#B7BEC5',
  },
  light: {
    surface: '#E6E8EA',
    raised: '#F4F5F6',
    hover: '#DCE0E4',
    border: '#C8CDD2',
    edge: '#77818A',
    text: '#1B1F23',
    muted: '#4F5861',
    p1: '#B3160B',
    p2: '#8F5300',
    p3: '#6B6000',
    selection: '#005A9C',
    onSelection: '#FFFFFF',
    stale: '#5C656D',
    revenue: '#0072B2',
    miles: '#00704F',
    mapGround: '#E3E6E8',
    mapPark: '#D5E0D6',
    mapRoadCasing: '#C3C9CE',
    mapRoadMinor: '#F3F4F5',
    mapRoadMiddle: '#FBFBFC',
    mapRoadMajor: '#FFFFFF',
    mapLabel: '#5B646C',
    mapPlace: '#363D44',
  },
};

/** `mapRoadMinor` as the name of its custom property, `--map-road-minor`. */
export function cssPropertyOf(token: string): string {
  return `--${token.replaceAll(/[A-Z0-9]+/g, (part) => (/\d/.test(part) ? part : `-${part.toLowerCase()}`))}`;
}
