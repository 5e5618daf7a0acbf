import { defineConfig } from 'vitest/config';

const shared = {
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 180_000,
  pool: 'forks' as const,
};
const slow = 'test/**/*.slow.test.ts';

// `npm test` runs the main project in under three minutes; what installs tools, starts databases or kills by the hundred is slow.
export default defineConfig({
  test: {
    // Most of a run is waiting for npm and pip-audit; the runner's default leaves one of two cores idle.
    maxWorkers: '100%',
    reporters: process.env['CI'] === undefined ? ['default'] : ['default', 'json'],
    outputFile: { json: process.env['FIXBY_TEST_REPORT'] ?? '.cache/test-report.json' },
    projects: [
      // Nothing is kept between files but modules, and those hold no state: loading them anew for each took half of the time.
      { test: { ...shared, name: 'main', isolate: false, include: ['test/**/*.test.ts'], exclude: [slow] } },
      { test: { ...shared, name: 'slow', include: [slow] } },
    ],
  },
});
