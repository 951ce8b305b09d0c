/** Reads a whole answer; undefined where it is longer than `limit` bytes. */
export async function readAnswer(response: Response, limit: number): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    // leaving the loop cancels the rest
    if (length > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The text as JSON; undefined where it is none. */
export function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

const longestMessage = 200;

/**
 * What the forge itself said of a failure, in one line: `message` (GitHub, Gitea, GitLab) or `error` (GitLab), and the
 * `errors` by which GitHub says what is behind its "Validation Failed". Without anything that was sent in a header, since
 * some servers repeat what they were given.
 */
export function ownMessage(answer: unknown, sent: Headers): string {
  if (typeof answer !== 'object' || answer === null) return '';
  const { message, error, errors } = answer as { message?: unknown; error?: unknown; errors?: unknown };
  const details = Array.isArray(errors) && errors.length > 0 ? errors : undefined;
  const said = [message ?? error, details].filter((part) => part !== undefined && part !== null);
  let text = said.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(': ');
  for (const secret of secretsIn(sent)) text = text.replaceAll(secret, '[redacted]');
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, longestMessage)
    .trim();
}

function secretsIn(sent: Headers): readonly string[] {
  const own = ['accept', 'content-type', 'user-agent'];
  const values = [...sent].filter(([name]) => !own.includes(name)).flatMap(([, value]) => [value, ...value.split(' ')]);
  return values.filter((value) => value.length >= 6).sort((a, b) => b.length - a.length);
}
