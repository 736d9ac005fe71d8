import { isIntervalOver } from './interval.ts';
import type { ReportingPace, TrackerView } from './tracker.ts';

/** How a value is paced: often, as the odometer, or as the battery. */
export type ValuePace = 'often' | 'odometer' | 'battery';

/** One value of a feed that sends each value by itself. */
export interface FeedValue {
  readonly name: string;
  readonly text: string;
  readonly pace: ValuePace;
}

/**
 * Remembers what was sent, and gives the values that changed and whose interval has passed: feeds of changed values
 * say nothing twice. Beyond the pace `due`, only the odometer is given, changed or not.
 */
export class ChangedValues {
  private readonly sent = new Map<string, { readonly text: string; readonly atMs: number }>();
  private readonly tracker: string;
  private readonly pace: ReportingPace;

  constructor(tracker: string, pace: ReportingPace) {
    this.tracker = tracker;
    this.pace = pace;
  }

  due(view: TrackerView, values: readonly FeedValue[], occasion: 'due' | 'sparse' | 'final'): FeedValue[] {
    const wanted = values.filter((value) =>
      occasion === 'due' ? this.isDue(value, view.atMs) : value.pace === 'odometer',
    );
    for (const { name, text } of wanted) this.sent.set(name, { text, atMs: view.atMs });
    return wanted;
  }

  private isDue({ name, text, pace }: FeedValue, atMs: number): boolean {
    const before = this.sent.get(name);
    if (before === undefined) return true;
    const silentMs = atMs - before.atMs;
    // Now and then the unchanged odometer too, or a parked vehicle would seem lost.
    if (text === before.text) return pace === 'odometer' && silentMs >= this.pace.parkedSeconds * 1_000;
    const direction = pace === 'odometer' ? 'longer' : 'either';
    const word = `${this.tracker} ${name}`;
    return isIntervalOver(silentMs, this.intervalSeconds(pace), this.pace, word, before.atMs, direction);
  }

  private intervalSeconds(pace: ValuePace): number {
    switch (pace) {
      case 'often':
        return this.pace.teslaSeconds;
      case 'odometer':
        return this.pace.odometerSeconds;
      case 'battery':
        return this.pace.batterySeconds;
    }
  }
}
