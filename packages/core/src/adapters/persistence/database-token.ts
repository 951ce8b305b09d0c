import type { InjectionToken } from 'tsyringe';
import type { Database } from './database.js';

/** Known to persistence alone: everybody else goes through the repositories. */
export const DatabaseToken: InjectionToken<Database> = Symbol('Database');
