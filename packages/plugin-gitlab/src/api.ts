import type { ContributionContext } from '@danube/plugin-api';
import { ForgeApi } from '@danube/plugin-api/toolkit';

/** GitLab's REST API, called with an access token that is read anew for each call. */
export function gitlabApi(baseUrl: string, tokenSecret: string, context: ContributionContext): ForgeApi {
  return new ForgeApi({
    forge: 'GitLab',
    baseUrl,
    headers: async (signal) => ({ 'private-token': (await context.secret(tokenSecret, signal)).reveal() }),
  });
}
