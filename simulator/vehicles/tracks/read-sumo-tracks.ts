import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { fail, ok, type Result } from '../../../core/base/result.ts';
import type { Track } from './track.ts';
import { TrackBuilder, type TrackProblem } from './track-builder.ts';

/**
 * Recorded driving as SUMO's `--fcd-output` writes it with `--fcd-output.geo`: `<timestep time>` of `<vehicle id x y>`,
 * x and y in degrees. With an odometer attribute (`--fcd-output.attributes`) the metres are SUMO's, otherwise those
 * between the places. Read piece by piece, so the size of the file does not matter; stops at the first problem.
 */
export function readSumoTracks(pieces: Iterable<string>): Result<readonly Track[], readonly TrackProblem[]> {
  const reader = new SumoReader();
  for (const piece of pieces) {
    reader.write(piece);
    if (reader.problem !== null) return fail([reader.problem]);
  }
  reader.close();
  if (reader.problem !== null) return fail([reader.problem]);
  return ok(reader.tracks());
}

class SumoReader {
  problem: TrackProblem | null = null;
  private readonly parser = new SaxesParser({ xmlns: false, position: true });
  private readonly builders = new Map<string, TrackBuilder>();
  private timeMs: number | null = null;
  private hasRoot = false;

  constructor() {
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('error', ({ message }) =>
      this.note(`this is not XML: ${message.replace(/^(?:[^ ]*:)?\d+:\d+: /, '')}`),
    );
  }

  write(piece: string): void {
    this.parser.write(piece);
  }

  close(): void {
    const lastLine = this.parser.line;
    this.parser.close();
    if (this.builders.size === 0)
      this.problem ??= { line: lastLine, problem: 'there is no vehicle in the file' };
  }

  tracks(): readonly Track[] {
    return [...this.builders.values()].map((builder) => builder.track());
  }

  private open({ name, attributes }: SaxesTagPlain): void {
    if (!this.hasRoot && name !== 'fcd-export')
      this.note(`the file begins with <${name}>, not with SUMO's <fcd-export>: write it with --fcd-output`);
    this.hasRoot = true;
    if (name === 'timestep') this.timeMs = this.numberOf(attributes, 'time', 1_000);
    else if (name === 'vehicle') this.vehicle(attributes);
  }

  private vehicle(attributes: Readonly<Record<string, string>>): void {
    const id = attributes['id'];
    if (id === undefined) return this.note('a vehicle has no id');
    if (this.timeMs === null) return this.note(`vehicle "${id}" is outside of a timestep`);
    const longitude = this.numberOf(attributes, 'x', 1);
    const latitude = this.numberOf(attributes, 'y', 1);
    const metres = attributes['odometer'] === undefined ? null : this.numberOf(attributes, 'odometer', 1);
    if (longitude === null || latitude === null) return;
    if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90)
      return this.note(
        `x ${longitude}, y ${latitude} are no degrees: let SUMO write them with --fcd-output.geo true`,
      );
    const builder = this.builders.get(id) ?? new TrackBuilder(id, false);
    this.builders.set(id, builder);
    const problem = builder.add({
      timeMs: this.timeMs,
      place: { latitude, longitude },
      distanceMetres: metres,
    });
    if (problem !== null) this.note(problem);
  }

  private numberOf(attributes: Readonly<Record<string, string>>, name: string, times: number): number | null {
    const text = attributes[name] ?? '';
    if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * times;
    this.note(text === '' ? `there is no ${name}` : `${name} "${text}" is not a number`);
    return null;
  }

  private note(problem: string): void {
    this.problem ??= { line: this.parser.line, problem };
  }
}
