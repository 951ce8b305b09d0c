import type { ControlCertificate } from '../adapters/control-tls/control-certificate.js';
import type { ReadinessCheck } from '../adapters/http/http-dependencies.js';
import { DanubeError } from '@danube/plugin-api';
import { isolationChecks } from './isolation-check.js';
import { pluginChecks } from './plugin-checks.js';
import type { JobRuntime } from '../services/ports/job-runtime.js';
import { Tokens } from '../services/tokens.js';
import type { Engine } from './engine.js';

/** What `/health/ready` looks at now: a config sync may change the plugins. */
export function readinessChecks(engine: Engine): readonly ReadinessCheck[] {
  const { container, persistence, plugins } = engine;
  return [
    { name: 'database', optional: false, check: () => persistence.database.ping() },
    {
      name: 'configuration',
      // a server without configuration still serves its logs and takes up its jobs
      optional: true,
      check: async () => {
        const { commit } = container.resolve(Tokens.ActiveConfiguration).applied;
        const [last] = await persistence.configState.listSyncs(1);
        if (last?.status === 'failed')
          throw notReady('config_sync_failed', 'the last config sync failed; `danube sync-config` says why');
        if (commit === undefined)
          throw notReady('config_missing', 'no commit of the config repository is in force yet');
      },
    },
    ...runtimeChecks(container.resolve(Tokens.JobRuntime)),
    ...isolationChecks(engine.isolation),
    ...certificateChecks(engine.controlCertificate),
    ...pluginChecks(plugins),
  ];
}

/** While jobs cannot start they wait, and webhooks must still get in: forges do not send them again. */
function runtimeChecks(runtime: JobRuntime): readonly ReadinessCheck[] {
  if (runtime.checkHealth === undefined) return [];
  return [
    { name: runtime.kind, optional: true, check: (signal) => runtime.checkHealth?.(signal) ?? Promise.resolve() },
  ];
}

function certificateChecks(certificate: ControlCertificate | undefined): readonly ReadinessCheck[] {
  if (certificate === undefined) return [];
  const check = (): Promise<void> => Promise.resolve(Date.now()).then((now) => certificate.checkHealth(now));
  return [{ name: 'control plane certificate', optional: true, check }];
}

function notReady(code: string, message: string): DanubeError {
  return new DanubeError(code, message, { category: 'unavailable' });
}
