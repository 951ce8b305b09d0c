import type { Static } from 'typebox';
import type { LogSection } from '../../../services/ports/log-store.js';
import type { LogSectionSchema } from '../schemas/log.js';

export function sectionView({ source, firstLine, lastLine }: LogSection): Static<typeof LogSectionSchema> {
  return { sequence: source.sequence, name: source.name, first_line: firstLine, last_line: lastLine };
}
