import { InitialSchema1767225600000 } from './initial-schema.js';

/** In the order of their time stamps. A class and not a path pattern: patterns do not survive bundling. */
export const migrations = [InitialSchema1767225600000];
