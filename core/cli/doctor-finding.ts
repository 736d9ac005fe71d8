/** What the doctor saw of one thing, and what to do about it. */
export interface DoctorFinding {
  readonly subject: string;
  /** `bad` stops the program from working, `warning` makes it worse than it could be. */
  readonly state: 'good' | 'warning' | 'bad';
  readonly found: string;
  /** What to do; null when there is nothing to do. */
  readonly advice: string | null;
}

/** What the doctor looks at. */
export interface DoctorOptions {
  readonly dataFolder: string;
  readonly mqttPort: number;
  /** The checkout: where Electron, the city packs and the build are looked for. */
  readonly checkout: string;
  readonly environment: NodeJS.ProcessEnv;
}
