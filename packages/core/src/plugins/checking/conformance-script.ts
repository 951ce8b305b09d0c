/**
 * Runs the conformance kits of this core on one plugin, in a thread of its own: what it starts and forgets ends with it.
 * It tells of each check when it begins and when it ends.
 */
export const conformanceScript = `
const { parentPort, workerData } = require('node:worker_threads');
const valueOf = ({ default: value }) =>
  typeof value === 'object' && value !== null && 'default' in value && !('id' in value) ? value.default : value;
const problemOf = (error) => String(error instanceof Error ? error.message : error).split('\\n')[0].slice(0, 500);
(async () => {
  const { runConformance } = await import(workerData.kit);
  const plugin = valueOf(await import(workerData.plugin));
  const checks = [];
  runConformance((name, body) => checks.push({ name, body }), plugin, valueOf(await import(workerData.conformance)));
  for (const { name, body } of checks) {
    parentPort.postMessage({ kind: 'begin', name });
    try {
      await body();
      parentPort.postMessage({ kind: 'end', name });
    } catch (error) {
      parentPort.postMessage({ kind: 'end', name, problem: problemOf(error) });
    }
  }
  parentPort.postMessage({ kind: 'done' });
})().catch((error) => parentPort.postMessage({ kind: 'broken', problem: problemOf(error) }));
`;
