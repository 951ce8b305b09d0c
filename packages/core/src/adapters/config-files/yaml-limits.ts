/** Deeper nesting than any configuration needs, and what a parser survives. */
export const yamlLimits = { maxDepth: 50 } as const;
/** `*name` in one document. */
export const maxAliases = 100;
/** Values in one document after every alias has been followed: few aliases of aliases make billions. */
export const maxValues = 100_000;
