import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from '../../../services/ports/logger.js';
import { quietDiagnostics } from './quiet-diagnostics.js';

const shutdownLimitMs = 3000;

export interface SdkOptions {
  /** Base address of an OTLP collector over HTTP, such as `http://127.0.0.1:4318`. */
  readonly endpoint: string;
  readonly version: string;
  readonly log: Logger;
}

/** Starts exporting spans. The result ends it and gives up on a collector that does not answer. */
export function startOpenTelemetrySdk({ endpoint, version, log }: SdkOptions): { shutdown(): Promise<void> } {
  diag.setLogger(
    quietDiagnostics(log, () => Date.now()),
    DiagLogLevel.WARN,
  );
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({ 'service.name': 'danube', 'service.version': version }),
    autoDetectResources: false,
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })),
    ],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [],
  });
  sdk.start();
  let ending: Promise<void> | undefined;
  return { shutdown: () => (ending ??= shutDown(sdk)) };
}

async function shutDown(sdk: NodeSDK): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, shutdownLimitMs)));
  await Promise.race([sdk.shutdown().catch(() => undefined), limit]);
  clearTimeout(timer);
  for (const api of [trace, context, propagation, diag]) api.disable();
}
