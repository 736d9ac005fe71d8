/** Instants a text may carry: ISO with Z, and epoch seconds or milliseconds as a JSON number or text. */
const ISO = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z/g;
const EPOCH = /(?<![\d.])(\d{13}|\d{10})(?![\d.])/g;
/** A packet may speak of something somewhat before or after the trace. */
const MARGIN_MS = 2 * 86_400_000;

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Moves the instants inside of a text payload that lie in the trace's time; other numbers stay as they are. */
export function shiftTimes(payload: string, { fromMs, toMs }: TimeSpan, byMs: number): string {
  const isInside = (instantMs: number): boolean =>
    instantMs >= fromMs - MARGIN_MS && instantMs <= toMs + MARGIN_MS;
  return payload
    .replace(ISO, (text, fraction: string | undefined) => {
      const instantMs = Date.parse(text);
      if (!isInside(instantMs)) return text;
      const shifted = new Date(instantMs + byMs).toISOString();
      return fraction === undefined ? shifted.replace(/\.\d{3}Z$/, 'Z') : shifted;
    })
    .replace(EPOCH, (text) => {
      const perMs = text.length === 13 ? 1 : 1_000;
      const instantMs = Number(text) * perMs;
      return isInside(instantMs) ? String(Math.round((instantMs + byMs) / perMs)) : text;
    });
}
