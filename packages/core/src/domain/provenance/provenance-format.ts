/** The forms in which provenance is written, as the REST API and the command line name them. */
export const provenanceFormats = ['slsa-v1', 'slsa-v0.2'] as const;
export type ProvenanceFormat = (typeof provenanceFormats)[number];
