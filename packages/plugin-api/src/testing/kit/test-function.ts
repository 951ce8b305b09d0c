/** The `test` of any test runner: vitest, node:test, mocha's `it`, or a function that collects. */
export type TestFunction = (name: string, body: () => Promise<void>) => unknown;
