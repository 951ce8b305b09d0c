/** Quantities as Kubernetes writes them. */
export interface ResourceAmount {
  /** What the scheduler sets aside. */
  readonly request?: string | undefined;
  /** What is never exceeded. */
  readonly limit?: string | undefined;
}

export const resourceNames = ['cpu', 'memory', 'ephemeralStorage'] as const;
export type ResourceName = (typeof resourceNames)[number];

/** What a container is given. Where an amount is absent nothing is said about it. */
export type Resources = Readonly<Partial<Record<ResourceName, ResourceAmount>>>;

/** The most that may be asked for. */
export type ResourceMaximums = Readonly<Partial<Record<ResourceName, string>>>;

/** As YAML names it. */
export const resourceYamlNames: Readonly<Record<ResourceName, 'cpu' | 'memory' | 'ephemeral_storage'>> = {
  cpu: 'cpu',
  memory: 'memory',
  ephemeralStorage: 'ephemeral_storage',
};
