import type http from 'node:http';

/** Of HTTP/2 these are node's compatibility objects, which are the same in all that is used here. */
export type Request = http.IncomingMessage;
export type Response = http.ServerResponse;

export function header(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Answers with one JSON value. What is left of a body that was not read to its end is not waited for. */
export function answer(request: Request, response: Response, status: number, value: object, requestId: string): void {
  const text = JSON.stringify(value);
  if (!request.complete && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-request-id': requestId,
  });
  response.end(text, () => {
    if (!request.complete) response.destroy();
  });
}
