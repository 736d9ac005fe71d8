/** Everything that can be scheduled to go wrong. */
export const faultTypes = [
  'network-loss',
  'flap',
  'slow-link',
  'broker-refuse',
  'broker-restart',
  'vendor-outage',
  'thundering-herd',
  'duplicate-storm',
  'reorder',
  'delay',
  'clock-skew',
  'gps-freeze',
  'gps-teleport',
  'odometer-rollback',
  'odometer-jump',
  'odometer-freeze',
  'tamper-unplug',
  'crash',
  'theft',
  'payload-corrupt',
  'schema-drift',
  'credential-revoked',
  'device-swap',
  'double-tracker',
  'clone',
  'demand',
] as const;
export type FaultType = (typeof faultTypes)[number];

/** A fault with its instants and its vehicles. What each type's `params` and `then` mean stands in README.md. */
export interface ActiveFault {
  readonly type: FaultType;
  readonly fromMs: number;
  /** Null when it lasts to the end. */
  readonly toMs: number | null;
  /** Indexes in the fleet. */
  readonly vehicles: readonly number[];
  readonly params: Readonly<Record<string, number | string>>;
  /** What comes after it, where a type leaves a choice. */
  readonly then: string | null;
}

/** True from its first instant until its last, that one not included. */
export function isActive({ fromMs, toMs }: Pick<ActiveFault, 'fromMs' | 'toMs'>, atMs: number): boolean {
  return atMs >= fromMs && (toMs === null || atMs < toMs);
}

/** The faults that hold for one vehicle. */
export function faultsOfVehicle(faults: readonly ActiveFault[], vehicle: number): readonly ActiveFault[] {
  return faults.filter(({ vehicles }) => vehicles.includes(vehicle));
}

/** The faults of some types that hold at an instant. */
export function activeOf(
  faults: readonly ActiveFault[],
  atMs: number,
  ...types: readonly FaultType[]
): readonly ActiveFault[] {
  return faults.filter((fault) => types.includes(fault.type) && isActive(fault, atMs));
}

/** A number among the params, or what is usual. */
export function numberParam({ params }: ActiveFault, name: string, usual: number): number {
  const value = params[name];
  return typeof value === 'number' ? value : usual;
}

/** A word among the params, or what is usual. */
export function wordParam({ params }: ActiveFault, name: string, usual: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : usual;
}
