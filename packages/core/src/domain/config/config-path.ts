/** Keys and list positions from the top of a document down to a value. */
export type ConfigPath = readonly (string | number)[];

/** As people write it: `spec.triggers[0].branches`, with quotes around unusual keys. */
export function formatConfigPath(path: ConfigPath): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}
