import type { PointE6 } from '../source-way.ts';

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** Where the nodes are that some way needs: found by their ids, kept as columns, because a city has millions. */
export class NodePlaces {
  private readonly ids: Float64Array;
  private readonly placesE6: Int32Array;
  private readonly isKnown: Uint8Array;
  private readonly points: (PointE6 | undefined)[] = [];
  private readonly bounds: Bounds | null;
  private cursor = 0;

  /** `needed` may have doubles. Nodes outside of the bounds count as not there. */
  constructor(needed: readonly number[], bounds: Bounds | null) {
    const sorted = Float64Array.from(needed).sort();
    let count = 0;
    for (const id of sorted) {
      if (count === 0 || sorted[count - 1] !== id) {
        sorted[count] = id;
        count += 1;
      }
    }
    this.ids = sorted.slice(0, count);
    this.placesE6 = new Int32Array(2 * count);
    this.isKnown = new Uint8Array(count);
    this.bounds = bounds;
  }

  /** Notes where a node is. Quick when ids come in order, as they do in nearly every extract. */
  note(id: number, longitudeE6: number, latitudeE6: number): void {
    if (this.cursor > 0 && (this.ids[this.cursor - 1] ?? 0) >= id) this.cursor = this.rowFrom(id);
    while ((this.ids[this.cursor] ?? Infinity) < id) this.cursor += 1;
    if (this.ids[this.cursor] !== id || !this.isInside(longitudeE6, latitudeE6)) return;
    this.placesE6[2 * this.cursor] = longitudeE6;
    this.placesE6[2 * this.cursor + 1] = latitudeE6;
    this.isKnown[this.cursor] = 1;
  }

  isInside(longitudeE6: number, latitudeE6: number): boolean {
    if (this.bounds === null) return true;
    const [west, south, east, north] = this.bounds;
    const [longitude, latitude] = [longitudeE6 / 1e6, latitudeE6 / 1e6];
    return longitude >= west && longitude <= east && latitude >= south && latitude <= north;
  }

  /** The pieces of a way whose nodes are known: an extract ends somewhere, and ways go on. One point object a node. */
  piecesOf(refs: Iterable<number>): PointE6[][] {
    const pieces: PointE6[][] = [];
    let piece: PointE6[] = [];
    const close = (): void => {
      if (piece.length > 1) pieces.push(piece);
      piece = [];
    };
    for (const id of refs) {
      const point = this.pointOf(id);
      if (point === null) close();
      else piece.push(point);
    }
    close();
    return pieces;
  }

  private pointOf(id: number): PointE6 | null {
    const row = this.rowFrom(id);
    if (this.ids[row] !== id || this.isKnown[row] !== 1) return null;
    const known = this.points[row];
    if (known !== undefined) return known;
    const point: PointE6 = [this.placesE6[2 * row] ?? 0, this.placesE6[2 * row + 1] ?? 0];
    this.points[row] = point;
    return point;
  }

  /** The first row whose id is not below. */
  private rowFrom(id: number): number {
    let [low, high] = [0, this.ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
