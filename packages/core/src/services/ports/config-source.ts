/** One file of the config repository. */
export interface ConfigFile {
  /** Path within the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Git object name of the content: equal ids mean equal content. */
  readonly blobId: string;
}

/** The config repository, wherever it is. */
export interface ConfigSource {
  /** Fetches and answers the commit at the head of the configured branch. Cheap when nothing changed. */
  fetchHead(signal: AbortSignal): Promise<string>;
  /** Every .yaml, .yml and .json file of that commit. */
  readFiles(commit: string, signal: AbortSignal): Promise<readonly ConfigFile[]>;
}
