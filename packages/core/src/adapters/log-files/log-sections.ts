import { open } from 'node:fs/promises';
import type { LogSection } from '../../services/ports/log-store.js';
import { lastReached, scanIndex, type LogExtent } from './log-index.js';
import type { LogPaths } from './log-paths.js';

/** Which source printed which lines, from the batch of `fromLine` on, at most `limit` sections. The index alone is read. */
export async function logSections(
  paths: LogPaths,
  extent: LogExtent,
  fromLine: number,
  limit: number,
): Promise<readonly LogSection[]> {
  if (fromLine > extent.lines) return [];
  const index = await open(paths.index, 'r');
  try {
    const sections: LogSection[] = [];
    const start = await lastReached(index, extent.records, (end) => end.lines < fromLine);
    let { lines } = start;
    for await (const { batch, end } of scanIndex(index, start)) {
      // a record is written before its lines
      if (end.lines > extent.lines) break;
      const firstLine = lines + 1;
      lines = end.lines;
      if (batch === undefined || lines < firstLine) continue;
      const last = sections.at(-1);
      if (last?.source.sequence === batch.sequence) {
        sections[sections.length - 1] = { ...last, lastLine: lines };
      } else {
        if (sections.length === limit) break;
        const { sequence, name } = batch;
        sections.push({ source: { sequence, name }, firstLine, lastLine: lines });
      }
    }
    return sections;
  } finally {
    await index.close();
  }
}
