import { base64Forms } from './base64-forms.js';

/** A shorter value would blank out words that have nothing to do with it. */
export const shortestMaskedCharacters = 4;
/** Lines of a value that stand alone are masked from this length on; shorter ones are `}` or `password:`. */
const shortestLineCharacters = 16;

export function isMaskable(value: string): boolean {
  return value.trim().length >= shortestMaskedCharacters;
}

/**
 * Every text that gives the value away: as it is, in base64 wherever it begins there, URL-encoded and JSON-escaped; of a
 * value with several lines also each long line. None for a value that is too short. White space around it is not a part.
 */
export function valueForms(value: string): readonly string[] {
  if (!isMaskable(value)) return [];
  const whole = value.trim();
  const lines = whole
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= shortestLineCharacters && !line.startsWith('-----'));
  const forms = new Set([whole, ...lines].flatMap((text) => [...plain(text), ...url(text), ...json(text)]));
  for (const text of [whole, ...lines]) for (const form of base64Forms(Buffer.from(text))) forms.add(form);
  return [...forms];
}

/** Terminals and protocols change line ends. */
function plain(text: string): readonly string[] {
  const unix = text.replaceAll('\r\n', '\n');
  return [text, unix, unix.replaceAll('\n', '\r\n')];
}

/** Browsers, Python's `quote` and forms differ in what they encode. */
function url(text: string): readonly string[] {
  const component = encodeURIComponent(text);
  const strict = component.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [component, strict, strict.replaceAll('%20', '+'), strict.replaceAll('%2F', '/')];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** With characters beyond ASCII as they are or escaped, and with and without escaped slashes. */
function json(text: string): readonly string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = escaped.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [escaped, ascii, escaped.replaceAll('/', '\\/'), ascii.replaceAll('/', '\\/')];
}
