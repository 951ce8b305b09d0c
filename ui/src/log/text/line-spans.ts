import { terminalLine, type Run } from './terminal-line.ts';
import { visibleText } from './visible-text.ts';

export interface Span extends Omit<Run, 'url'> {
  /** Where a link leads: http and https only. */
  readonly href: string | undefined;
}

export interface LineSpans {
  readonly spans: readonly Span[];
  /** Characters left out at the end. */
  readonly cut: number;
}

/** A line as it is shown, at most `limit` characters of it. */
export function lineSpans(text: string, limit = Infinity): LineSpans {
  // a carriage return may bring the end of a line to its front; otherwise what is beyond the limit need not be read
  const goesBack = text.length <= limit || /[\r\b]|\x1b\[\d?K/.test(text);
  const runs = terminalLine(goesBack ? text : text.slice(0, limit));
  const spans: Span[] = [];
  let left = limit;
  let cut = goesBack ? 0 : text.length - limit;
  for (const { text: whole, look, url } of runs) {
    const shown = whole.slice(0, left);
    left -= shown.length;
    cut += whole.length - shown.length;
    if (shown !== '') spans.push({ text: visibleText(shown), look, href: safeUrl(url) });
  }
  return { spans, cut };
}

function safeUrl(url: string): string | undefined {
  return /^https?:\/\/[^\s]+$/i.test(url) && URL.canParse(url) ? url : undefined;
}
