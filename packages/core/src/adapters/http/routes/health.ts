import { isDanubeError } from '@danube/plugin-api';
import type { ReadinessCheck } from '../http-dependencies.js';
import { defineRoute } from '../routing/route.js';
import { HealthSchema, ReadinessSchema } from '../schemas/health.js';

const checkLimitMs = 5000;

const health = defineRoute({
  method: 'GET',
  path: '/health',
  operationId: 'getHealth',
  tag: 'operation',
  summary: 'Whether the server answers at all',
  auth: 'none',
  responses: { 200: { description: 'It does.', schema: HealthSchema } },
  handle: ({ ctx }) => {
    ctx.body = { status: 'ok' };
  },
});

const ready = defineRoute({
  method: 'GET',
  path: '/health/ready',
  operationId: 'getReadiness',
  tag: 'operation',
  summary: 'Whether everything works that the server needs',
  auth: 'none',
  responses: {
    200: {
      description: 'Everything that is needed works; `degraded` when an optional part fails.',
      schema: ReadinessSchema,
    },
    503: { description: 'Something that is needed fails.', schema: ReadinessSchema },
  },
  handle: async ({ ctx, deps }) => {
    const checks = await Promise.all(deps.readinessChecks.map(runCheck));
    const failed = checks.filter((check) => check.status === 'failed');
    const unavailable = failed.some((check) => !check.optional);
    ctx.status = unavailable ? 503 : 200;
    ctx.body = { status: unavailable ? 'unavailable' : failed.length > 0 ? 'degraded' : 'ok', checks };
  },
});

async function runCheck({ name, optional, check }: ReadinessCheck) {
  const signal = AbortSignal.timeout(checkLimitMs);
  try {
    await Promise.race([check(signal), rejectOnAbort(signal)]);
    return { name, status: 'ok', optional };
  } catch (error) {
    const timedOut = `did not answer within ${checkLimitMs / 1000} s`;
    // anybody may read this: only messages that were written for others to see
    const message = isDanubeError(error) ? error.message : signal.aborted ? timedOut : 'failed; the log tells more';
    return { name, status: 'failed', optional, message };
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true });
  });
}

const metrics = defineRoute({
  method: 'GET',
  path: '/metrics',
  operationId: 'getMetrics',
  tag: 'operation',
  summary: 'Metrics in the text format of Prometheus',
  description: 'Open or closed as `[server] metrics_public` says. docs/reference/metrics.md lists the names.',
  auth: 'unless_metrics_public',
  responses: { 200: { description: 'All metrics.', type: 'text/plain' } },
  handle: async ({ ctx, deps }) => {
    const { contentType, text } = await deps.renderMetrics();
    ctx.type = contentType;
    ctx.body = text;
  },
});

export const healthRoutes = [health, ready, metrics];
