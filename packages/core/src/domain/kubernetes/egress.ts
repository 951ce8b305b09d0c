export interface EgressHost {
  /** A name; `*.example.com` stands for every name right below, and `*` for all. */
  readonly host: string;
  readonly ports: readonly number[];
}

export interface EgressCidr {
  readonly cidr: string;
  readonly ports: readonly number[];
}

/** Where connections out of a job's pod may lead. */
export interface Egress {
  readonly hosts: readonly EgressHost[];
  readonly cidrs: readonly EgressCidr[];
}

/** HTTP and HTTPS, where an entry says nothing else. */
export const defaultEgressPorts: readonly number[] = [80, 443];

export const noEgress: Egress = { hosts: [], cidrs: [] };
