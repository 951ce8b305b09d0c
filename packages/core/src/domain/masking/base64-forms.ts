/** Bits of one base64 character. */
const characterBits = 6;
/** First character that bytes decide alone, where 0, 1 or 2 foreign bytes stand before them in their group of three. */
const firstOwnCharacter = [0, 2, 3] as const;
/** Where `openssl` and `base64` break lines. */
const lineLengths = [64, 76];

/**
 * How bytes look within base64 text, by how many bytes of something else stand before them in their group of three:
 * followed by more, at the end, and at the end without padding. In both alphabets, and in broken lines where they stand
 * at the beginning.
 */
export function base64Forms(bytes: Buffer): readonly string[] {
  const forms = firstOwnCharacter.flatMap((first, foreign) => {
    const encoded = Buffer.concat([Buffer.alloc(foreign), bytes]).toString('base64');
    const own = Math.floor(((foreign + bytes.length) * 8) / characterBits);
    return [encoded.slice(first, own), encoded.slice(first).replace(/=+$/, ''), encoded.slice(first)];
  });
  const whole = bytes.toString('base64');
  for (const length of lineLengths) {
    if (whole.length > length) forms.push(whole.match(new RegExp(`.{1,${length}}`, 'g'))?.join('\n') ?? whole);
  }
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}
