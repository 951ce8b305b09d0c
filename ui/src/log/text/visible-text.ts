/** Characters that would be invisible, or would turn text around so that it reads as something else. */
const hidden = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

const controlPictures = 0x2400;
const deletePicture = '\u2421';
const replacement = '\ufffd';

/** The text with a sign for each character that cannot be seen: binary output stays one harmless line. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(controlPictures + code);
    return code === 0x7f ? deletePicture : replacement;
  });
}
