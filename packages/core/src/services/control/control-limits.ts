const mebibyte = 1024 * 1024;

/** What one request of a coordinator may hold. Errors name the limit that was passed. */
export const controlLimits = {
  /** A whole request, before it is decoded. */
  bodyBytes: 4 * mebibyte,
  commandBytes: mebibyte,
  nameCharacters: 200,
  imageCharacters: 500,
  environmentVariables: 1000,
  captureBytes: 64 * mebibyte,
  reasonCharacters: 10_000,
  /** Calls of RunStep and UploadArtifact that one job may have open at the same time. */
  streamsPerJob: 100,
} as const;
