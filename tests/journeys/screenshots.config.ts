import { defineConfig } from '@playwright/test';

/** Takes pictures of the running program (screenshots.ts); run by hand when the window looks different. */
export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 120_000 },
});
