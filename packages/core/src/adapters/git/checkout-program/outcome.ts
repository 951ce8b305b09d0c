const phases = ['prepare', 'fetch', 'search', 'checkout', 'submodules', 'done'] as const;

/** What the program writes about how it ended. */
export interface ProgramOutcome {
  /** Where it ended; `search`: the server was read, and the ref does not have the commit. */
  readonly phase: (typeof phases)[number];
  readonly warnings: readonly string[];
  /** The end of what git said. */
  readonly stderr: string;
}

/** Undefined for anything else than a whole outcome. */
export function parseOutcome(message: string): ProgramOutcome | undefined {
  const { phase, warnings, stderr } = parseObject(message);
  const known = phases.find((one) => one === phase);
  if (known === undefined || typeof stderr !== 'string' || !Array.isArray(warnings)) return undefined;
  return { phase: known, stderr, warnings: warnings.map(String) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}
