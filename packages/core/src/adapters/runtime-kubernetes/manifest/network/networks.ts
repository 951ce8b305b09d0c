/** Where clouds tell machines their credentials; a job is never let there. */
export const metadataNetworks = {
  ipv4: ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32'],
  ipv6: ['fe80::/10', 'fd00:ec2::254/128'],
} as const;

/** What is not the public internet. */
export const privateNetworks = {
  ipv4: [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '168.63.129.16/32',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ],
  ipv6: ['::1/128', 'fc00::/7', 'fe80::/10'],
} as const;

export const everywhere = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const;

/** Pods that answer DNS, by namespace and label; all clusters that follow the usual set-up have them so. */
export const dnsPods = {
  namespace: 'kube-system',
  labelKey: 'k8s-app',
  names: ['kube-dns', 'node-local-dns'],
} as const;
/** The usual address of a DNS cache on each node. */
export const dnsCache = '169.254.20.10/32';
export const dnsPort = 53;
