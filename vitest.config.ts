import { defineConfig } from 'vitest/config';

const outside = ['**/node_modules/**', 'out/**', 'dist/**', '.runtime/**', 'tests/journeys/**'];

/**
 * Two sets: `source` is every test of the code as it lies here, `package` reads the program `npm run package` built.
 * The journeys are Playwright's.
 */
export default defineConfig({
  test: {
    // A journal test waits for a real disk, and two cores are shared with the disk's other users.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: true,
    setupFiles: ['tests/support/same-cases-in-ci.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...outside, 'tests/package/**'],
        },
      },
      { extends: true, test: { name: 'package', include: ['tests/package/**/*.test.ts'], exclude: outside } },
    ],
  },
});
