export interface SearchTerms {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
}

/** What marks the terms in a line, as the server finds them; undefined where they are no regular expression. */
export function searchPattern({ text, regex, matchCase }: SearchTerms): RegExp | undefined {
  try {
    const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return new RegExp(source, matchCase ? 'g' : 'gi');
  } catch {
    return undefined;
  }
}
