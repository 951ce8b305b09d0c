/** The candidate that was probably meant, where one is near enough to say so. `distance` counts edits. */
export function closest(
  word: string,
  candidates: Iterable<string>,
  distance: (a: string, b: string) => number,
): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < bestDistance) [best, bestDistance] = [candidate, edits];
  }
  return best;
}
