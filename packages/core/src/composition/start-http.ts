import type { BootstrapConfig } from '../adapters/bootstrap-config/bootstrap-config.js';
import { readOrCreateAdminToken } from '../adapters/filesystem/admin-token.js';
import type { ConfigStatus } from '../adapters/http/http-dependencies.js';
import { HttpServer } from '../adapters/http/http-server.js';
import { readWebUi } from '../adapters/http/web-ui/web-ui-files.js';
import { pluginFailures } from '../plugins/extensions/plugin-states.js';
import { pluginApiVersion } from '../plugins/plugin-api-version.js';
import { hideCredentials } from '../domain/repository/hide-credentials.js';
import { formatDiff } from '../domain/config/format-diff.js';
import { AuthenticateToken } from '../services/access/authenticate-token.js';
import { OneTimeTokens } from '../services/access/one-time-tokens.js';
import { Sessions } from '../services/access/sessions.js';
import { formatListenAddress, parseListenAddress } from '../services/control/listen-address.js';
import { Tokens } from '../services/tokens.js';
import type { Engine } from './engine.js';
import { findWebUi } from './find-web-ui.js';
import { registerClass } from './modules/register.js';
import { readinessChecks } from './readiness-checks.js';
import type { Telemetry } from './telemetry.js';

const heartbeatMs = 15_000;
const stopGraceMs = 5_000;

/** Starts the REST API and answers the address that it is bound to. */
export async function startHttp(engine: Engine, config: BootstrapConfig, telemetry: Telemetry): Promise<string> {
  const { container, data, persistence } = engine;
  const ids = container.resolve(Tokens.IdGenerator);
  const adminToken = await readOrCreateAdminToken(data.adminToken, ids);
  telemetry.redactor.register(adminToken);
  container.registerInstance(Tokens.AdminTokenHash, container.resolve(Tokens.TokenHasher).hash(adminToken));
  registerClass(container, Tokens.AuthenticateToken, AuthenticateToken);
  registerClass(container, Tokens.OneTimeTokens, OneTimeTokens);
  registerClass(container, Tokens.Sessions, Sessions);

  const configuration = container.resolve(Tokens.ActiveConfiguration);
  const webUi = findWebUi();
  const server = new HttpServer({
    settings: {
      metricsPublic: config.server.metricsPublic,
      publicUrlIsHttps: config.server.publicUrl?.startsWith('https:') ?? false,
      corsOrigins: () => configuration.settings.cors.origins,
      heartbeatMs,
    },
    webUi: webUi === undefined ? new Map() : await readWebUi(webUi),
    pipelines: persistence.pipelines,
    describeTriggers: (pipelines) => container.resolve(Tokens.DescribeTriggers).execute(pipelines),
    listBranches: (url, signal) => container.resolve(Tokens.ListBranches).execute(url, signal),
    jobs: persistence.jobs,
    artifacts: persistence.artifacts,
    readArtifact: container.resolve(Tokens.ReadArtifact),
    readProvenance: container.resolve(Tokens.ReadProvenance),
    signer: container.resolve(Tokens.Signer),
    steps: persistence.steps,
    commitStatuses: persistence.commitStatuses,
    logs: container.resolve(Tokens.LogStore),
    startJob: (request, signal) => container.resolve(Tokens.StartJob).execute(request, signal),
    rerunJob: (jobId, actor) => container.resolve(Tokens.RerunJob).execute(jobId, actor),
    cancelJob: (jobId, reason) => container.resolve(Tokens.CancelJob).execute(jobId, reason),
    watchJob: (jobId, signal) => container.resolve(Tokens.WatchJob).execute(jobId, signal),
    watchAllJobs: (signal) => container.resolve(Tokens.WatchAllJobs).execute(signal),
    webhooks: container.resolve(Tokens.AcceptDelivery),
    deliveries: persistence.deliveries,
    replayDelivery: (id) => container.resolve(Tokens.ReplayDelivery).execute(id),
    secrets: container.resolve(Tokens.Secrets),
    secretRecipient: container.resolve(Tokens.SecretUnsealer).recipient,
    auditLog: container.resolve(Tokens.AuditLog),
    reaper: container.resolve(Tokens.Reaper),
    syncConfig: async (signal) => {
      const { diff, ...outcome } = await container.resolve(Tokens.PollConfiguration).syncNow(signal);
      const failures = pluginFailures(await engine.plugins.describe());
      return { ...outcome, changes: diff === undefined ? [] : formatDiff(diff), pluginFailures: failures };
    },
    configStatus: async () => ({
      repository: configRepository(config.configRepo),
      current: await persistence.configState.current(),
      syncs: await persistence.configState.listSyncs(10),
    }),
    get readinessChecks() {
      return readinessChecks(engine);
    },
    plugins: async () => ({ apiVersion: pluginApiVersion, items: await engine.plugins.describe() }),
    renderMetrics: () => telemetry.metrics.render(),
    authenticateToken: container.resolve(Tokens.AuthenticateToken),
    oneTimeTokens: container.resolve(Tokens.OneTimeTokens),
    sessions: container.resolve(Tokens.Sessions),
    ids,
    requestContext: telemetry.requestContext,
    tracer: telemetry.tracer,
    metrics: telemetry.metrics,
    loggers: telemetry.loggers,
  });
  const { host, port } = parseListenAddress(config.server.bindAddress);
  const bound = await server.listen(host, port);
  engine.lifecycle.onStop('HTTP server', () => server.stop(stopGraceMs));
  return formatListenAddress(bound);
}

function configRepository({ url, branch }: BootstrapConfig['configRepo']): ConfigStatus['repository'] {
  return url === undefined ? undefined : { url: hideCredentials(url), branch };
}
