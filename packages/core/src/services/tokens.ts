import { portTokens } from './port-tokens.js';
import { useCaseTokens } from './use-case-tokens.js';

/** What can be injected. Every injected parameter names one of these; classes are never tokens. */
export const Tokens = { ...portTokens, ...useCaseTokens };
