/** Largest file of a config repository that is read. */
export const maxConfigFileBytes = 1024 * 1024;

/** One file of the config repository. */
export interface ConfigFile {
  /** Path within the repository, with forward slashes. */
  readonly path: string;
  /** Size in bytes. Above {@link maxConfigFileBytes} the text is left empty. */
  readonly size: number;
  readonly text: string;
  /** Git object name of the content: equal ids mean equal content. */
  readonly blobId: string;
}

/** The config repository, wherever it is. */
export interface ConfigSource {
  /**
   * Fetches and answers the commit at the head of the configured branch. Cheap when nothing changed.
   * @throws DanubeError `repository_unreachable` (unavailable), `ref_not_found` (not_found)
   */
  fetchHead(signal: AbortSignal): Promise<string>;
  /** Every .yaml, .yml and .json file of that commit, but for names and folders that begin with a dot; by path. */
  readFiles(commit: string, signal: AbortSignal): Promise<readonly ConfigFile[]>;
}

/** Whether a path of the config repository is read at all. */
export function isConfigPath(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !/(^|\/)\./.test(path);
}
