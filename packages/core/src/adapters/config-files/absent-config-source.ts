import { DanubeError } from '@danube/plugin-api';
import type { ConfigFile, ConfigSource } from '../../services/ports/config-source.js';

/** Stands for the config repository while none is configured: every sync says what to do about it. */
export class AbsentConfigSource implements ConfigSource {
  fetchHead(): Promise<string> {
    return Promise.reject(missing());
  }

  readFiles(): Promise<readonly ConfigFile[]> {
    return Promise.reject(missing());
  }
}

function missing(): DanubeError {
  return new DanubeError(
    'config_repo_missing',
    'no config repository is configured; set config_repo.url or DANUBE_CONFIG_REPO_URL and start the server again',
    { category: 'invalid' },
  );
}
