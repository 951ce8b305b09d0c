/** Text for people, without what stands between `//` and `@` in an address: errors repeat what was written. */
export function hideCredentials(text: string): string {
  return text.replaceAll(/\/\/\S*@/g, '//…@');
}
