/** What is in a battery, as distance: whole millimetres. While it charges, its content is a function of the time. */
export class Battery {
  readonly fullMm: number;
  private heldMm: number;
  private charge: { readonly fromMs: number; readonly mmASecond: number; readonly enoughMm: number } | null =
    null;

  constructor(fullMm: number, share: number) {
    this.fullMm = fullMm;
    this.heldMm = Math.floor(fullMm * share);
  }

  get isCharging(): boolean {
    return this.charge !== null;
  }

  get isEmpty(): boolean {
    return this.heldMm === 0;
  }

  rangeAt(atMs: number): number {
    if (this.charge === null) return this.heldMm;
    const { fromMs, mmASecond, enoughMm } = this.charge;
    const seconds = Math.max(0, Math.floor((atMs - fromMs) / 1_000));
    return Math.max(this.heldMm, Math.min(enoughMm, this.heldMm + seconds * mmASecond));
  }

  drive(distanceMm: number): void {
    this.heldMm = Math.max(0, this.heldMm - distanceMm);
  }

  /** Plugs in, at a rate that fills an empty battery in so many seconds; gives the instant it has enough. */
  plugIn(atMs: number, secondsToFull: number, enoughShare: number): number {
    this.unplug(atMs);
    const mmASecond = Math.max(1, Math.floor(this.fullMm / secondsToFull));
    const enoughMm = Math.floor(this.fullMm * enoughShare);
    this.charge = { fromMs: atMs, mmASecond, enoughMm };
    return atMs + Math.max(1, Math.ceil((enoughMm - this.heldMm) / mmASecond)) * 1_000;
  }

  unplug(atMs: number): void {
    this.heldMm = this.rangeAt(atMs);
    this.charge = null;
  }
}
