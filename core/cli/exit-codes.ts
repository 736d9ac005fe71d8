/** Exit codes of both programs: 0 is success. */
export const EXIT = {
  runError: 1,
  badUsage: 2,
  unreachable: 3,
  thresholdMissed: 4,
  generatorWasTheBottleneck: 5,
} as const;
