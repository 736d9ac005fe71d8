import { defineConfig } from '@playwright/test';

/** Journeys drive the built app in the real Electron, one window at a time: two cores draw one map at a time. */
export default defineConfig({
  testDir: 'tests/journeys',
  testMatch: '**/*.{journey,test}.ts',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  // A journey starts a program with a broker, a disk and a map in software: slow is not wrong.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'out/test-logs/journeys.json' }]],
  forbidOnly: process.env['CI'] !== undefined,
});
