import { isAbsolute, join, relative } from 'node:path';

const conditions = ['node', 'import', 'module-sync', 'default'];

/**
 * The module that `import` of the package would load, as package.json says; undefined where it names none, or one outside
 * of the package's folder.
 */
export function entryPoint(folder: string, file: { readonly exports?: unknown; readonly main?: unknown }) {
  const named = file.exports === undefined ? (file.main ?? './index.js') : fromExports(file.exports);
  return typeof named === 'string' ? pathWithin(folder, named) : undefined;
}

/** Absolute path of a file of the package; undefined for one outside of its folder. */
export function pathWithin(folder: string, path: string): string | undefined {
  const full = join(folder, path);
  const inside = relative(folder, full);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : full;
}

function fromExports(exports: unknown): unknown {
  if (typeof exports === 'string') return exports;
  if (Array.isArray(exports)) return exports.map(fromExports).find((target) => target !== undefined);
  if (typeof exports !== 'object' || exports === null) return undefined;
  const targets = Object.entries(exports);
  if ('.' in exports) return fromExports(exports['.']);
  for (const [condition, target] of targets) {
    const found = conditions.includes(condition) ? fromExports(target) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
