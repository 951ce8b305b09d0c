import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Of these one run is enough, in a cluster: `npm run test:kubernetes`. */
const clusterOnly = [
  'packages/core/src/adapters/runtime-kubernetes/kubernetes-runtime.test.ts',
  'tests/integration/kubernetes/**/*.test.ts',
  'tests/e2e/kubernetes/**/*.test.ts',
];
/** Where jobs run makes a difference. What in there does not run in a cluster says so, see tests/e2e/README.md. */
const onBothRuntimes = ['tests/integration/jobs/**/*.test.ts', 'tests/e2e/**/*.test.ts'];

/** Tests run on the sources of every workspace package, so that no build is needed before a test run. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@danube\/plugin-api$/, replacement: source('packages/plugin-api/src/index.ts') },
      { find: /^@danube\/plugin-api\/(testing|toolkit)$/, replacement: source('packages/plugin-api/src/$1/index.ts') },
      { find: /^@danube\/plugin-(github|gitlab|gitea)$/, replacement: source('packages/plugin-$1/src/index.ts') },
      { find: /^@danube\/core\/(.*)$/, replacement: source('packages/core/src/') + '$1' },
      { find: /^@danube\/test-support\/(.*)$/, replacement: source('tests/support/') + '$1' },
    ],
  },
  test: {
    setupFiles: ['tests/support/setup.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'local',
          include: ['packages/*/src/**/*.test.ts', 'tests/{contract,integration,e2e}/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...clusterOnly],
        },
      },
      {
        extends: true,
        test: {
          name: 'kubernetes',
          include: [...clusterOnly, ...onBothRuntimes],
          env: { DANUBE_TEST_RUNTIME: 'kubernetes' },
        },
      },
    ],
  },
});
