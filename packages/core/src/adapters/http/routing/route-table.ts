import { artifactRoutes } from '../routes/artifacts.js';
import { auditRoutes } from '../routes/audit.js';
import { authRoutes } from '../routes/auth.js';
import { configRoutes } from '../routes/config.js';
import { deliveryRoutes } from '../routes/deliveries.js';
import { eventRoutes } from '../routes/events.js';
import { healthRoutes } from '../routes/health.js';
import { jobLogRoutes } from '../routes/job-logs.js';
import { jobRoutes } from '../routes/jobs.js';
import { pipelineRoutes } from '../routes/pipelines.js';
import { pluginRoutes } from '../routes/plugins.js';
import { provenanceRoutes } from '../routes/provenance.js';
import { reaperRoutes } from '../routes/reaper.js';
import { secretRoutes } from '../routes/secrets.js';
import { webhookRoutes } from '../routes/webhooks.js';
import type { Route } from './route.js';

/** Every route of the server, in the order of the documentation. */
export const routeTable: readonly Route[] = [
  ...healthRoutes,
  ...authRoutes,
  ...pipelineRoutes,
  ...jobRoutes,
  ...jobLogRoutes,
  ...artifactRoutes,
  ...provenanceRoutes,
  ...webhookRoutes,
  ...deliveryRoutes,
  ...secretRoutes,
  ...auditRoutes,
  ...reaperRoutes,
  ...configRoutes,
  ...pluginRoutes,
  ...eventRoutes,
];
