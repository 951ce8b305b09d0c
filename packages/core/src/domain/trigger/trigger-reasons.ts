const shownGlobs = 10;

/** `["main","release/*"]`, shortened where there are many. */
export function describeGlobs(globs: readonly string[]): string {
  const shown = globs.slice(0, shownGlobs).map((glob) => JSON.stringify(glob));
  if (globs.length > shownGlobs) shown.push(`and ${globs.length - shownGlobs} more`);
  return `[${shown.join(', ')}]`;
}

/** One sentence of several reasons, each of them once. */
export function joinReasons(reasons: readonly string[]): string {
  return [...new Set(reasons)].join('; ');
}
