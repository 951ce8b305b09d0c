import type http from 'node:http';

/** Of HTTP/2 these are node's compatibility objects, which are the same in all that is used here. */
export type Request = http.IncomingMessage;
export type Response = http.ServerResponse;

export function header(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const longestRestMs = 2000;

/** Answers with one JSON value. The connection ends with it where the body was not read to its end. */
export function answer(request: Request, response: Response, status: number, value: object, requestId: string): void {
  const text = JSON.stringify(value);
  const unread = !request.complete;
  if (unread && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-request-id': requestId,
  });
  if (!unread) response.end(text);
  else if (request.httpVersionMajor === 1) endAfterRest(request, response, text);
  else response.end(text, () => response.destroy());
}

/**
 * Sends the answer at once and throws away what still arrives, for a moment: closing a connection with unread bytes
 * resets it, and a client that is not done sending would see that instead of the answer.
 */
function endAfterRest(request: Request, response: Response, text: string): void {
  response.write(text);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, longestRestMs);
  request.removeAllListeners('data');
  request.once('end', end).once('close', end).resume();
}
