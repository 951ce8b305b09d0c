/** Who may import whom: docs/architecture.md has the same table in words. There is no exception list. */
const core = '^packages/core/src';
const test = '(\\.test\\.ts$|^tests/)';
const production = (path) => ({ path, pathNot: test });

const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: production(from),
  to: { pathNot: allowed },
});

export default {
  forbidden: [
    only(
      'plugin-api-stands-alone',
      '^packages/plugin-api/src/(?!testing/)',
      ['^packages/plugin-api/src/(?!testing/)', '^(node:)?(crypto|stream|util)$'],
      'node only, and nothing of the conformance kits',
    ),
    only(
      'conformance-kits-stand-alone',
      '^packages/plugin-api/src/testing',
      ['^packages/plugin-api/src', '^(node:)?(assert/strict|async_hooks|crypto|fs/promises|http|net|util)$'],
      'node only, so that they run in any test runner',
    ),
    only(
      'domain-is-pure',
      `${core}/domain`,
      [`${core}/domain`, '^packages/plugin-api', 'node_modules/croner/'],
      'domain, plugin-api values, the reader of cron expressions',
    ),
    only(
      'services-know-no-technology',
      `${core}/services`,
      [`${core}/(domain|services)`, '^packages/plugin-api', 'node_modules/(tsyringe|p-queue|p-retry)/'],
      'domain, services, plugin-api, tsyringe decorators, promise helpers',
    ),
    {
      name: 'adapters-know-no-adapter',
      severity: 'error',
      comment: 'an adapter knows ports and its own library; step-supervisor is shared by the runtimes',
      from: { path: `${core}/adapters/([^/]+)/`, pathNot: test },
      to: {
        path: `${core}/(adapters|plugins|builtin)/`,
        pathNot: [`${core}/adapters/$1/`, `${core}/adapters/step-supervisor/`],
      },
    },
    only(
      'plugins-know-ports-only',
      `${core}/plugins`,
      [
        `${core}/(domain|plugins|services/(ports|secrets))/`,
        '^packages/plugin-api',
        'node_modules/(ajv|semver|@types/semver)/',
        '^(node:)?(async_hooks|child_process|fs/promises|path|stream|url|worker_threads)$',
      ],
      'the mechanism of plugins knows the contract, the domain and ports',
    ),
    {
      name: 'database-through-persistence-only',
      severity: 'error',
      comment: 'one writer, separate readers, no other way to the database',
      from: { pathNot: [`${core}/adapters/persistence/`, '^node_modules'] },
      to: { path: 'node_modules/(typeorm|sqlite3)/' },
    },
    {
      name: 'driver-in-one-file',
      severity: 'error',
      from: {
        path: `${core}/adapters/persistence/`,
        pathNot: [`${core}/adapters/persistence/sqlite-driver\\.ts$`, test],
      },
      to: { path: 'node_modules/sqlite3/' },
    },
    {
      name: 'kubernetes-client-on-demand',
      severity: 'error',
      comment: 'its import costs half a second and 70 MB: only a server that runs jobs on Kubernetes loads it',
      from: production('^packages'),
      to: { path: 'node_modules/@kubernetes/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kubernetes-through-its-client',
      severity: 'error',
      comment: 'one place paces, repeats and counts calls; others use the types',
      from: { path: '^packages', pathNot: [`${core}/adapters/runtime-kubernetes/api/`, test] },
      to: { path: 'node_modules/(@kubernetes|@types/ws|ws)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'builtin-plugins-know-the-contract-only',
      severity: 'error',
      comment: 'what is built in could be a package of its own',
      from: { path: `${core}/builtin/([^/]+)/`, pathNot: test },
      to: { path: '^packages/', pathNot: [`${core}/builtin/$1/`, '^packages/plugin-api/'] },
    },
    {
      name: 'composition-is-the-root',
      severity: 'error',
      from: { path: `${core}/(domain|services|adapters|plugins|builtin)/`, pathNot: test },
      to: { path: `${core}/(composition|cli)/` },
    },
    {
      name: 'composition-knows-no-command',
      severity: 'error',
      from: production(`${core}/composition/`),
      to: { path: `${core}/cli/` },
    },
    {
      name: 'cli-stays-thin',
      severity: 'error',
      comment: 'commands call composition or the REST API; the settings say where that is',
      from: production(`${core}/cli/`),
      to: {
        path: `${core}/`,
        pathNot: [
          `${core}/(cli|composition|domain)/`,
          `${core}/adapters/bootstrap-config/`,
          `${core}/services/(tokens|jobs/job-logs)\\.ts$`,
        ],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: { path: '^packages', pathNot: test },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    { name: 'production-imports-no-tests', severity: 'error', from: production('^packages'), to: { path: test } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.check.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages/([^/]+/dist|create-plugin/template)|tests/dist)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
