/** JSON with its lines broken and indented; anything else as it is. */
export function readablePayload(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
