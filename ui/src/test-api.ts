import { onTestFinished, vi } from 'vitest';

export interface AskedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

type Answer = (request: AskedRequest) => { readonly status?: number; readonly body: unknown };

/** Answers the requests of the current test, by method and path; answers the list of those that were made. */
export function answerRequests(answers: Readonly<Record<string, Answer>>): readonly AskedRequest[] {
  const asked: AskedRequest[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url);
    const seen = { method: request.method, path: pathname, query: searchParams, body: await request.text() };
    asked.push(seen);
    const answer = answers[`${request.method} ${pathname}`]?.(seen);
    const { status = 200, body } = answer ?? { status: 404, body: { error: { message: `nothing at ${pathname}` } } };
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return asked;
}
