import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Of these one run is enough, in a cluster: `npm run test:kubernetes`. */
const clusterOnly = [
  'packages/core/src/adapters/runtime-kubernetes/kubernetes-runtime.test.ts',
  'tests/integration/kubernetes/**/*.test.ts',
  'tests/e2e/kubernetes/**/*.test.ts',
];
const onBothRuntimes = ['tests/integration/jobs/{outcome,queueing,restart,stopping}.test.ts', 'tests/e2e/**/*.test.ts'];
const localOnly = [
  // no job runs, or where it does plays no part
  'tests/e2e/config-repository/**',
  'tests/e2e/deliveries/bad-deliveries.test.ts',
  'tests/e2e/exit-codes/jobs-commands.test.ts',
  'tests/e2e/plugins/**',
  // what a browser shows does not depend on where jobs run
  'tests/e2e/web-ui/**',
  // `danube run` is for the machine that it is called on
  'tests/e2e/exit-codes/run-command.test.ts',
  // steps write to the disk of their node, not to that of the server
  'tests/e2e/durability/full-disk.test.ts',
];

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
    // a process with much memory takes long to start a program, and tests start thousands
    pool: 'forks',
    // more than the cores of a small machine: tests wait for the programs that they started
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      'ui',
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
          exclude: ['**/node_modules/**', ...localOnly],
          env: { DANUBE_TEST_RUNTIME: 'kubernetes' },
        },
      },
    ],
  },
});
