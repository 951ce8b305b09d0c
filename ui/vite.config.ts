import tailwindcss from '@tailwindcss/vite';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds a server; its API is passed through, so that the browser sees one origin. */
const server = process.env['DANUBE_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [solid(), tailwindcss()],
  server: { proxy: Object.fromEntries(['/api', '/auth', '/health', '/metrics'].map((path) => [path, server])) },
  build: {
    target: 'es2022',
    // the policy of the server allows nothing inline
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  test: {
    name: 'ui',
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    pool: 'threads',
    // far more than anything takes on a machine that does nothing else
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    // a DOM for each file takes longer than all of the tests
    isolate: false,
  },
});
