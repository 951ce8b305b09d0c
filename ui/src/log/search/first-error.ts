import { fetchSections, searchLog, type StepSection } from '../api/log-api.ts';

/** How programs say that something went wrong. */
const errorText = String.raw`\b(error|fatal|failed|failure|exception|panic|traceback|cannot|denied)\b|npm ERR!`;

/**
 * Where to look first when a job has failed: the first line of a failed step that speaks of an error, otherwise the last
 * line of such a step; without a failed step, the first such line of the log. Undefined where there is none.
 * `failedSteps` are sequence numbers.
 */
export async function findFirstError(
  jobId: string,
  failedSteps: readonly number[],
  signal: AbortSignal,
): Promise<number | undefined> {
  const failed: StepSection[] = [];
  for await (const page of fetchSections(jobId, 1, signal)) {
    failed.push(...page.filter(({ sequence }) => failedSteps.includes(sequence)));
  }
  const mayBe = (line: number) =>
    failed.length === 0 || failed.some(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  const terms = { text: errorText, regex: true, matchCase: false };
  for await (const { event, data } of searchLog(jobId, terms, failed[0]?.firstLine ?? 1, signal)) {
    if (event !== 'found') continue;
    const line = (JSON.parse(data) as { lines: number[] }).lines.find(mayBe);
    if (line !== undefined) return line;
  }
  return failed.at(-1)?.lastLine;
}
