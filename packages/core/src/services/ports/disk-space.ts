/** The disk that the data directory lies on. */
export interface DiskSpace {
  /** Bytes that the server can still write. */
  freeBytes(): Promise<number>;
}
