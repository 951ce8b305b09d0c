import { DanubeError, isDanubeError } from '@danube/plugin-api';

/** What was asked for when it failed. */
export interface AskedFor {
  readonly appId: string;
  readonly keySecret: string;
  /** The installation, or the repository that one is looked up for. */
  readonly where: string;
}

/**
 * The error of a token that could not be had. It keeps whether and when to try again; anything but a DanubeError, such as an
 * abort, stays what it is.
 */
export function tokenFailure(error: unknown, asked: AskedFor): unknown {
  if (!isDanubeError(error)) return error;
  const { category, retryable, retryAfterMs, details } = error;
  return new DanubeError('github_app_token_failed', `GitHub App token generation failed: ${words(error, asked)}`, {
    category,
    retryable,
    details,
    cause: error,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function words({ code, message }: DanubeError, { appId, keySecret, where }: AskedFor): string {
  switch (code) {
    case 'forge_unauthorized':
      return `GitHub does not know app_id ${appId} by the key in the secret "${keySecret}"; check that both are of the same app, that the key was not deleted, and that the clock of this machine is right (${message})`;
    case 'forge_forbidden':
      return `app ${appId} is not allowed to use ${where}; check that the installation is not suspended (${message})`;
    case 'forge_not_found':
      return `app ${appId} has no ${where}; check installation_id, and that the app is installed for the repository (${message})`;
    case 'forge_refused':
      return `GitHub gives app ${appId} no token for ${where}; check that the app has the permission "Contents: read" (${message})`;
    default:
      return message;
  }
}
