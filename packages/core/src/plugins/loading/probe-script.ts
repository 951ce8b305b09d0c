/** Imports the plugin's module and tells what {@link describePlugin} would answer, or why it cannot. */
export const probeScript = `
const problem = (error) => tell({ kind: 'failed', message: firstLine(error) });
process.once('uncaughtException', problem);
process.once('beforeExit', () => tell({ kind: 'unsettled' }));
const shared = { 'Object.prototype': Object.prototype, 'Array.prototype': Array.prototype };
ready.then(async () => {
  tell({ kind: 'begun' });
  const module = await import(data.url);
  for (const [name, prototype] of Object.entries(shared)) {
    const [added] = Object.keys(prototype);
    if (added !== undefined) return tell({ kind: 'spoils', what: name + '.' + added });
  }
  let plugin = module.default;
  if (typeof plugin === 'object' && plugin !== null && 'default' in plugin && !('id' in plugin)) plugin = plugin.default;
  if (typeof plugin !== 'object' || plugin === null) {
    return tell({ kind: 'not_a_plugin', got: plugin === null ? 'null' : typeof plugin });
  }
  const contributions = data.points.flatMap((point) => {
    const list = plugin[point] ?? [];
    if (!Array.isArray(list)) throw new TypeError(point + ' is no list');
    return list.map(({ type, configSchema, counters, create }) => ({ point, type, configSchema, counters, create: typeof create }));
  });
  tell({ kind: 'plugin', description: { id: plugin.id, contributions } });
}).catch(problem);
`;
