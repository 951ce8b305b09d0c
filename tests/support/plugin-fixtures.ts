import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A plugin as a package on disk. Every part has a default that works. */
export interface FixturePlugin {
  readonly name: string;
  readonly id?: string;
  readonly version?: string;
  /** `null`: the manifest has no range. */
  readonly range?: string | null;
  readonly contributes?: Readonly<Record<string, readonly string[]>>;
  readonly secrets?: boolean;
  /** Source of its module. */
  readonly code?: string;
  readonly format?: 'module' | 'commonjs';
  /** Replaces keys of package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** More files, by path within the package. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A data directory with plugins in it, as `npm install --prefix` leaves them. */
export class PluginFolder {
  readonly dataDir: string;

  constructor(dataDir?: string) {
    this.dataDir = dataDir ?? mkdtempSync(join(tmpdir(), 'danube-plugins-'));
  }

  folderOf(name: string): string {
    return join(this.dataDir, 'plugins', 'node_modules', name);
  }

  write({ name, id = idOf(name), version = '1.2.3', range = '^1.0.0', ...rest }: FixturePlugin): this {
    const { contributes = { notifiers: [id] }, code = notifierCode(id), secrets = false, format = 'module' } = rest;
    const manifest = {
      name,
      version,
      type: format,
      keywords: ['danube-plugin'],
      exports: './index.js',
      peerDependencies: range === null ? {} : { '@danube/plugin-api': range },
      danube: { id, contributes, capabilities: { secrets } },
      ...rest.manifest,
    };
    const files = { 'package.json': JSON.stringify(manifest), 'index.js': code, ...rest.files };
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folderOf(name), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return this;
  }

  dispose(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

const idOf = (name: string): string => name.replace(/^@[^/]*\//, '').replace(/^danube-plugin-/, '');

/** Closed, with one text `text` and one name of a secret. */
export const schemaCode = `{
  type: 'object', additionalProperties: false,
  properties: { text: { type: 'string' }, secret: { type: 'string', format: 'danube-secret' } },
}`;

export interface NotifierParts {
  readonly type?: string;
  readonly schema?: string;
  /** Statements of `create`, which has `config` and `context`. */
  readonly create?: string;
  /** Members of the instance. */
  readonly members?: string;
  /** Statements before everything. */
  readonly before?: string;
  readonly counters?: string;
}

const smallSchema = `{ type: 'object', additionalProperties: false, properties: { text: { type: 'string' } } }`;

/** A plugin with one notifier; it says what it is told in `globalThis.fixtureCalls`, where a test has put a list. */
export function notifierCode(id: string, parts: NotifierParts = {}): string {
  const { type = id, schema = smallSchema, create = '', members = '', before = '', counters = 'undefined' } = parts;
  return `${before}
const told = (what) => globalThis.fixtureCalls?.push('${id} ' + what);
export default { id: '${id}', notifiers: [{
  type: '${type}', configSchema: ${schema}, counters: ${counters},
  create(config, context) {
    ${create}
    return {
      async start() { told('start ' + (config.text ?? '')); },
      async stop() { told('stop ' + (config.text ?? '')); },
      async notify(notification) { told('notify ' + notification.id); },
      ${members}
    };
  },
}] };
`;
}
