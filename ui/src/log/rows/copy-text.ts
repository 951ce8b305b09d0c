import { fetchLines } from '../api/log-api.ts';
import { lineSpans } from '../text/line-spans.ts';
import { parseLine } from '../text/parse-line.ts';
import type { LineRange } from './permalink.ts';

/** What the steps printed in these lines, as it reads: without numbers, times and colours. */
export async function copyText(jobId: string, { first, last }: LineRange, signal: AbortSignal): Promise<string> {
  const { lines } = await fetchLines(jobId, first, last, signal);
  return lines.map((line) => `${plainText(parseLine(line).text)}\n`).join('');
}

function plainText(text: string): string {
  return lineSpans(text)
    .spans.map((span) => span.text)
    .join('');
}
