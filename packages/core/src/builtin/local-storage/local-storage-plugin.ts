import { definePlugin, type Contribution, type Plugin, type Storage } from '@danube/plugin-api';
import { LocalArtifacts } from './local-artifacts.js';

interface LocalConfig {
  readonly path?: string;
}

const configSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    path: {
      type: 'string',
      minLength: 2,
      maxLength: 4096,
      pattern: '^/',
      description: 'Absolute path of a folder of its own. Without it: `artifacts` in the data directory.',
    },
  },
};

/** `local` in `storage`: artifacts in a folder of this machine. */
export function localStoragePlugin(defaultFolder: string): Plugin {
  const local: Contribution<LocalConfig, Storage> = {
    type: 'local',
    configSchema,
    create: ({ path = defaultFolder }: LocalConfig): Storage => {
      const artifacts = new LocalArtifacts(path);
      return { artifacts, start: () => artifacts.prepare(), checkHealth: () => artifacts.prepare() };
    },
  };
  return definePlugin({ id: 'local-storage', storages: [local] });
}
