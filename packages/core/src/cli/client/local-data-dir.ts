import { existsSync } from 'node:fs';
import type { Terminal } from '../output/terminal.js';

/** The data directory of this machine's server; undefined where there is none, or its settings cannot be read. */
export async function localDataDir(env: Terminal['env']): Promise<string | undefined> {
  const { loadBootstrapConfig } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
  try {
    const { dataDir } = (await loadBootstrapConfig(env)).server;
    return existsSync(dataDir) ? dataDir : undefined;
  } catch {
    // to look at files that lie elsewhere, the settings of this machine need not be good
    return undefined;
  }
}
