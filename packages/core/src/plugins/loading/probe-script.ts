/**
 * Runs in a thread of its own, as text because it must work from sources, from compiled files and from the bundle alike.
 * It imports the plugin's module and answers what {@link describePlugin} would, or why it cannot.
 */
export const probeScript = `
const { parentPort, workerData } = require('node:worker_threads');
const answer = (message) => parentPort.postMessage(JSON.stringify(message));
import(workerData.url).then((module) => {
  let plugin = module.default;
  if (typeof plugin === 'object' && plugin !== null && 'default' in plugin && !('id' in plugin)) plugin = plugin.default;
  if (typeof plugin !== 'object' || plugin === null) return answer({ kind: 'not_a_plugin', got: typeof plugin });
  const contributions = workerData.points.flatMap((point) => {
    const list = plugin[point] ?? [];
    if (!Array.isArray(list)) throw new TypeError(point + ' is no list');
    return list.map(({ type, configSchema, counters, create }) => ({ point, type, configSchema, counters, create: typeof create }));
  });
  answer({ kind: 'plugin', description: { id: plugin.id, contributions } });
}).catch((error) => {
  const message = error instanceof Error ? error.message : String(error);
  answer({ kind: 'failed', message: message.split('\\n')[0].slice(0, 500) });
});
`;
