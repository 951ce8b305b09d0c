import type { DiagLogger } from '@opentelemetry/api';
import type { Logger } from '../../../services/ports/logger.js';

const silenceMs = 60_000;

/** What OpenTelemetry says about itself, at most once a minute: a collector that is away is no reason to fill the log. */
export function quietDiagnostics(log: Logger, now: () => number): DiagLogger {
  let lastAt = -Infinity;
  let kept = 0;
  const report = (message: string, ...details: unknown[]): void => {
    if (now() - lastAt < silenceMs) {
      kept += 1;
      return;
    }
    log.warn('traces could not be exported; trying on quietly', { detail: message, more: details, not_shown: kept });
    lastAt = now();
    kept = 0;
  };
  const ignore = (): void => undefined;
  return { error: report, warn: report, info: ignore, debug: ignore, verbose: ignore };
}
