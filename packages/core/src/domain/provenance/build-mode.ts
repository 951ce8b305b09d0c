/** What keeps a job from the server with its signing key, and from other jobs; `kubernetes-insecure`: without TLS. */
export type BuildMode = 'none' | 'user' | 'bubblewrap' | 'kubernetes' | 'kubernetes-insecure';

export type SlsaBuildLevel = 1 | 2 | 3;

const levels: Readonly<Record<BuildMode, SlsaBuildLevel>> = {
  // a job can read the signing key
  none: 1,
  // jobs share an account
  user: 2,
  // jobs share the network of the machine
  bubblewrap: 2,
  // who reads the traffic of the cluster can act as a job
  'kubernetes-insecure': 2,
  kubernetes: 3,
};

/** The highest SLSA Build level whose demands on isolation the mode meets; undefined for what is no mode. */
export function slsaBuildLevel(mode: string): SlsaBuildLevel | undefined {
  return Object.hasOwn(levels, mode) ? levels[mode as BuildMode] : undefined;
}

/** SLSA wants another id for each mode that differs in what it keeps apart. */
export function builderId(platformId: string, mode: BuildMode): string {
  return `${platformId}#${mode}`;
}
