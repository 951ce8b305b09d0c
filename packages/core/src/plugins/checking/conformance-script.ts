/** Runs the conformance kits of this core on one plugin, and tells of each check when it begins and when it ends. */
export const conformanceScript = `
const broken = (error) => tell({ kind: 'broken', problem: firstLine(error) });
const valueOf = ({ default: value }) =>
  typeof value === 'object' && value !== null && 'default' in value && !('id' in value) ? value.default : value;
process.once('uncaughtException', broken);
process.once('beforeExit', () => tell({ kind: 'broken', problem: 'it waits for something that never comes' }));
ready.then(async () => {
  tell({ kind: 'begun' });
  const { runConformance } = await import(data.kit);
  const plugin = valueOf(await import(data.plugin));
  const checks = [];
  runConformance((name, body) => checks.push({ name, body }), plugin, valueOf(await import(data.conformance)));
  for (const { name, body } of checks) {
    tell({ kind: 'begin', name });
    try {
      await body();
      tell({ kind: 'end', name });
    } catch (error) {
      tell({ kind: 'end', name, problem: firstLine(error) });
    }
  }
  tell({ kind: 'done' });
}).catch(broken);
`;
