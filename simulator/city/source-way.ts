/** A way as OpenStreetMap has it, before anything is decided about it. Two pieces of one cut way share an `id`. */
export interface SourceWay {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Longitude, latitude in 1e-6 degree. Ways that meet share a point exactly. */
  readonly lineE6: readonly PointE6[];
}

/** Longitude, latitude, in whole millionths of a degree (about 0.1 m). */
export type PointE6 = readonly [number, number];

/** A named place, and an area worth tinting, for the base map only. */
export interface SourcePlace {
  readonly name: string;
  readonly kind: string;
  readonly point: PointE6;
}

export interface SourceArea {
  readonly name: string | null;
  readonly kind: string;
  readonly rings: readonly (readonly PointE6[])[];
}

/** Everything a city's source gives. */
export interface CitySource {
  readonly ways: readonly SourceWay[];
  readonly places: readonly SourcePlace[];
  readonly areas: readonly SourceArea[];
}
