import type { Span } from './line-spans.ts';

export interface HighlightedSpan extends Span {
  /** Part of what was searched for. */
  readonly found: boolean;
}

/** Cuts spans where matches begin and end. A match may reach over several. */
export function highlight(spans: readonly Span[], pattern: RegExp): readonly HighlightedSpan[] {
  const text = spans.map((span) => span.text).join('');
  const matches = [...text.matchAll(pattern)].filter(([match]) => match !== '');
  const edges = matches.flatMap((match) => [match.index, match.index + match[0].length]);
  const result: HighlightedSpan[] = [];
  let position = 0;
  let passed = 0;
  for (const span of spans) {
    const end = position + span.text.length;
    let start = position;
    while (start < end) {
      while ((edges[passed] ?? Infinity) <= start) passed++;
      const next = Math.min(edges[passed] ?? Infinity, end);
      result.push({ ...span, text: text.slice(start, next), found: passed % 2 === 1 });
      start = next;
    }
    position = end;
  }
  return result;
}
