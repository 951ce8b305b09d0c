import { once } from 'node:events';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';

interface Options {
  readonly headers: Readonly<Record<string, string>>;
  /** The authority of a server that speaks TLS. */
  readonly ca: string | undefined;
}

export async function postJson(url: string, body: object, { headers, ca }: Options) {
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const request = send(url, { method: 'POST', headers, ca, agent: false });
  request.end(JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, text: await text(response) };
}
