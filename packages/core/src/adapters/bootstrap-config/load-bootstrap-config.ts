import { readFile } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import type { BootstrapConfig } from './bootstrap-config.js';
import { readToml, type TomlContent } from './read-toml.js';
import type { Setting } from './setting.js';
import { settings, type SettingName } from './settings.js';
import { RefusedValue, type ValueReader } from './value-readers.js';

export const defaultConfigPath = '/etc/danube/danube.toml';
type Environment = Readonly<Record<string, string | undefined>>;
type ValueOf<N extends SettingName> =
  | ((typeof settings)[N]['reader'] extends ValueReader<infer T> ? T : never)
  | ((typeof settings)[N]['defaultValue'] extends undefined ? undefined : never);

async function readFileOf(env: Environment): Promise<{ file: string; source: string }> {
  const named = env['DANUBE_CONFIG'];
  const file = named === undefined || named === '' ? defaultConfigPath : named;
  try {
    return { file, source: await readFile(file, 'utf8') };
  } catch (error) {
    if (file === defaultConfigPath && (error as NodeJS.ErrnoException).code === 'ENOENT') return { file, source: '' };
    throw new DanubeError(
      'bootstrap_config_unreadable',
      `cannot read ${file}: ${(error as Error).message}; "danube init-config" writes a file to start from`,
      { category: 'invalid', cause: error },
    );
  }
}

class SettingsReader {
  readonly problems: string[];

  constructor(
    private readonly toml: TomlContent,
    private readonly env: Environment,
  ) {
    this.problems = [...toml.problems];
  }

  value<N extends SettingName>(name: N): ValueOf<N> {
    return this.#read(settings[name]) as ValueOf<N>;
  }

  #read(setting: Setting): unknown {
    const key = `${setting.section}.${setting.key}`;
    const fromEnv = this.env[setting.env];
    const value = fromEnv ?? this.toml.values.get(key) ?? setting.defaultValue;
    if (value === undefined) return undefined;
    try {
      return setting.reader.read(value);
    } catch (error) {
      if (!(error instanceof RefusedValue)) throw error;
      const place = fromEnv === undefined ? `${this.toml.locate(key)}: ${key}` : `environment variable ${setting.env}:`;
      this.problems.push(`${place} ${error.message}; accepted: ${setting.reader.accepts}`);
      return undefined;
    }
  }
}

/**
 * Reads `DANUBE_CONFIG` or /etc/danube/danube.toml and the environment, which wins. A missing default file is no error.
 * @throws DanubeError `bootstrap_config_unreadable`, or `bootstrap_config_invalid` naming every problem with its place;
 * both (invalid).
 */
export async function loadBootstrapConfig(env: Environment): Promise<BootstrapConfig> {
  const { file, source } = await readFileOf(env);
  const reader = new SettingsReader(readToml(source, file), env);
  const config: BootstrapConfig = {
    configRepo: {
      url: reader.value('url'),
      branch: reader.value('branch'),
      syncIntervalMs: reader.value('syncInterval'),
      sshKeyPath: reader.value('sshKeyPath'),
    },
    server: {
      bindAddress: reader.value('bindAddress'),
      rpcAddress: reader.value('rpcAddress'),
      grpcAddress: reader.value('grpcAddress'),
      dataDir: reader.value('dataDir'),
      publicUrl: reader.value('publicUrl'),
      metricsPublic: reader.value('metricsPublic'),
      controlTlsCert: reader.value('controlTlsCert'),
      controlTlsKey: reader.value('controlTlsKey'),
      controlTlsCa: reader.value('controlTlsCa'),
    },
    logging: { level: reader.value('level'), format: reader.value('format') },
    runtime: {
      kind: reader.value('runtimeKind'),
      isolation: reader.value('isolation'),
      localUser: reader.value('localUser'),
    },
    kubernetes: {
      kubeconfig: reader.value('kubeconfig'),
      jobsNamespace: reader.value('jobsNamespace'),
      systemNamespace: reader.value('systemNamespace'),
      coordinatorImage: reader.value('coordinatorImage'),
      rpcUrl: reader.value('kubernetesRpcUrl'),
      grpcAddress: reader.value('kubernetesGrpcAddress'),
      insecureControlPlane: reader.value('insecureControlPlane'),
    },
  };
  if (reader.problems.length === 0) return config;
  throw new DanubeError('bootstrap_config_invalid', reader.problems.join('\n'), {
    category: 'invalid',
    details: { problems: reader.problems },
  });
}
