import { defineConfig } from 'vitest/config';

/** Every test but the journeys, which Playwright runs, and the check of the packaged program, which needs it built. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: [
      '**/node_modules/**',
      'out/**',
      'dist/**',
      '.runtime/**',
      'tests/journeys/**',
      'tests/package/**',
    ],
    // A journal test waits for a real disk, and two cores are shared with the disk's other users.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    passWithNoTests: true,
  },
});
