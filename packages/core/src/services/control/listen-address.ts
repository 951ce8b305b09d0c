import { DanubeError } from '@danube/plugin-api';

/** Where a server listens; port 0 asks for any free one. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** @throws DanubeError `address_invalid` (invalid) for anything but `host:port`, with an IPv6 host in brackets. */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host !== undefined && port <= 65_535) return { host, port };
  throw new DanubeError('address_invalid', `"${text}" is no address: write host:port, for example 127.0.0.1:9000`, {
    category: 'invalid',
  });
}

/** `host:port`, with an IPv6 host in brackets. */
export function formatListenAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
