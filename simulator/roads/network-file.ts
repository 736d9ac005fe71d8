/**
 * `network.json` of a city pack: the streets a vehicle can drive, as columns. Every junction can be reached from every
 * other, so no vehicle is ever stuck. Lengths are worked out when the pack is built, so that driving needs no
 * trigonometry and gives the same millimetres on every machine.
 */
export interface NetworkFile {
  readonly version: 1;
  /** Names of the road classes that `edges.class` counts. */
  readonly classes: readonly string[];
  /** Junctions: longitude, latitude, longitude, … in 1e-6 degree. */
  readonly nodesE6: readonly number[];
  /** Shapes of the streets between junctions: longitude, latitude, … in 1e-6 degree, both ends included. */
  readonly pointsE6: readonly number[];
  /** Millimetres from the point before on the same shape; 0 at its first point. */
  readonly pointsMm: readonly number[];
  /** Directed edges, sorted by `from`. A two-way street is two edges over one shape, one of them reversed. */
  readonly edges: {
    readonly from: readonly number[];
    readonly to: readonly number[];
    readonly lengthMm: readonly number[];
    readonly speedKmh: readonly number[];
    readonly class: readonly number[];
    readonly firstPoint: readonly number[];
    readonly pointCount: readonly number[];
    /** 1 when the edge runs against the order of its shape. */
    readonly reversed: readonly number[];
  };
}

/** `pack.json`: what a city pack is, where it came from and what may be done with it. */
export interface CityPackDescription {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly timeZone: string;
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [number, number, number, number];
  /** Longitude, latitude. */
  readonly centre: readonly [number, number];
  readonly attribution: string;
  readonly licence: string;
  readonly source: { readonly package: string; readonly files: Readonly<Record<string, string>> };
  /** Changes when the source or the builder does; a pack with the same value is not built again. */
  readonly inputHash: string;
  readonly counts: {
    readonly ways: number;
    readonly junctions: number;
    readonly edges: number;
    readonly drivableKilometres: number;
    readonly connectedKilometres: number;
  };
}
