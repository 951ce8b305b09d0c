import 'reflect-metadata';
import { afterAll } from 'vitest';

if (process.env['DANUBE_TEST_RUNTIME'] === 'kubernetes') {
  const { closeTestRuntime } = await import('./test-runtime.js');
  afterAll(closeTestRuntime);
}
