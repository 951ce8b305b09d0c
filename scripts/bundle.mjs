/** Native modules, and drivers that TypeORM knows and Danube does not use. */
const leftOutside = [
  'sqlite3',
  'dtrace-provider',
  '@google-cloud/spanner',
  '@sap/hana-client',
  '@sap/hana-client/extension/Stream',
  'better-sqlite3',
  'expo-sqlite',
  'hdb-pool',
  'ioredis',
  'mongodb',
  'mssql',
  'mysql',
  'mysql2',
  'oracledb',
  'pg',
  'pg-native',
  'pg-query-stream',
  'react-native-sqlite-storage',
  'redis',
  'sql.js',
  'typeorm-aurora-data-api-driver',
];

// packages in CommonJS expect these names, which an ES module does not have
const commonJsNames = `
import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __fileURLToPath(new URL('.', import.meta.url));
`.trim();

/** Bundles compiled code, one chunk per part that is imported lazily: reading few files is what makes the start fast. */
export async function bundle(entryPoint, outdir) {
  // only here: the packages may not have been installed when this file is loaded
  const esbuild = await import('esbuild');
  await esbuild.build({
    entryPoints: [entryPoint],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'error',
    external: leftOutside,
    banner: { js: commonJsNames },
  });
}
