/** A Git repository as a forge or a configuration file names it. */
export interface RepositoryRef {
  /** The URL as written: https, ssh (also `git@host:path`) or file. It never holds credentials. */
  readonly url: string;
}

/** One commit of one repository. */
export interface CommitRef {
  readonly repository: RepositoryRef;
  /** Full object name: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. */
  readonly sha: string;
  /** Full ref that a job builds it for, such as `refs/heads/main`; undefined where there is none to tell. */
  readonly ref?: string | undefined;
}

/** JSON as configuration files carry it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A closed JSON Schema (draft 2020-12) document. */
export type JsonSchema = { readonly [keyword: string]: unknown };
