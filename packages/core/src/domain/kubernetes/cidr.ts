interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255)) {
    return undefined;
  }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function groups(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  const [head, tail] = [groups(halves[0] ?? ''), groups(halves[1] ?? '')];
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 1 ? missing !== 0 : missing < 1)) return undefined;
  const all = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** The number of an address, and how long such addresses are; undefined where the text is none. */
function parseAddress(text: string): Omit<Network, 'prefix'> | undefined {
  const version4 = parseIpv4(text);
  if (version4 !== undefined) return { bits: 32, address: version4 };
  const version6 = parseIpv6(text);
  return version6 === undefined ? undefined : { bits: 128, address: version6 };
}

function parseCidr(text: string): Network | undefined {
  const [, address = '', prefix = ''] = /^([^/]*)\/([0-9]{1,3})$/.exec(text) ?? [];
  const parsed = parseAddress(address);
  return parsed === undefined || Number(prefix) > parsed.bits ? undefined : { ...parsed, prefix: Number(prefix) };
}

function isWithin(inner: Network, outer: Network): boolean {
  if (inner.bits !== outer.bits || inner.prefix < outer.prefix) return false;
  const rest = BigInt(outer.bits - outer.prefix);
  return inner.address >> rest === outer.address >> rest;
}

export function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined;
}

export function isCidr(text: string): boolean {
  return parseCidr(text) !== undefined;
}

/** The network that holds this address only. */
export function cidrOfAddress(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** Whether every address of one network is in the other one. */
export function cidrContains(outer: string, inner: string): boolean {
  const [one, other] = [parseCidr(inner), parseCidr(outer)];
  return one !== undefined && other !== undefined && isWithin(one, other);
}
