import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import { privateNetworks } from '../manifest/network/networks.js';

const privates = new BlockList();
for (const cidr of [...privateNetworks.ipv4, ...privateNetworks.ipv6]) {
  const [network = '', prefix] = cidr.split('/');
  privates.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
}

/**
 * The addresses of those names that lead into private networks only, as networks of one address each. A name that cannot be
 * looked up here is left out: the pod's own look-up will say so.
 */
export async function resolvePrivateNames(names: readonly string[]): Promise<Record<string, readonly string[]>> {
  const resolved: Record<string, readonly string[]> = {};
  await Promise.all(
    names.map(async (name) => {
      const addresses = await lookup(name, { all: true }).catch(() => []);
      const own = addresses.filter(({ address, family }) => privates.check(address, family === 6 ? 'ipv6' : 'ipv4'));
      if (own.length === 0 || own.length < addresses.length) return;
      resolved[name] = own.map(({ address, family }) => `${address}/${family === 6 ? 128 : 32}`);
    }),
  );
  return resolved;
}
