export interface ArchiveLimits {
  /** Files, folders and links. */
  readonly entries: number;
  /** Bytes of all files together. */
  readonly unpackedBytes: number;
}

export interface ArchiveFacts {
  readonly sizeBytes: number;
  /** Lower-case hexadecimal SHA-256. */
  readonly sha256: string;
}

/** An archive on its way through. */
export interface InspectedArchive {
  /**
   * The archive's bytes as they come. The end is reached only where the whole archive is sound, so that who stores
   * nothing before the end stores no other.
   * @throws DanubeError `artifact_archive_invalid`, `artifact_archive_refused` (invalid)
   */
  readonly content: AsyncIterable<Uint8Array>;
  /** What is known after the end. */
  readonly facts: () => ArchiveFacts;
}

/** Looks into archives (tar, compressed with gzip) while they stream, in constant memory. */
export interface ArchiveInspector {
  /** Accepts files, folders and symbolic links that stay within the folder that the archive is unpacked to. */
  inspect(archive: AsyncIterable<Uint8Array>, limits: ArchiveLimits): InspectedArchive;
}
