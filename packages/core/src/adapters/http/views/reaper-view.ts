import type { Static } from 'typebox';
import type { ReaperReport } from '../../../domain/retention/reaper-report.js';
import type { ReaperReportSchema } from '../schemas/reaper.js';
import { optionalIsoTime } from './iso-time.js';

export function reaperView({ dryRun, parts }: ReaperReport): Static<typeof ReaperReportSchema> {
  return {
    dry_run: dryRun,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    parts: parts.map((part) => ({ ...part, oldest: optionalIsoTime(part.oldest) })),
  };
}
