const directives = ['[skip ci]', '[ci skip]', '[no ci]'] as const;

/** The words in a commit message or a title that ask for no job, as they are spelled here; letter case does not count. */
export function findSkipDirective(text: string): string | undefined {
  const lower = text.toLowerCase();
  return directives.find((directive) => lower.includes(directive));
}
