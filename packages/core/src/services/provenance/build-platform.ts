import type { BuildCircumstances } from '../../domain/provenance/build-facts.js';

/** What this server vouches for as a builder. */
export interface BuildPlatform extends Pick<BuildCircumstances, 'platformId' | 'danubeVersion' | 'mode'> {
  /** False: jobs get no provenance, because what runs is a folder and not what is in Git. */
  readonly attests: boolean;
}
