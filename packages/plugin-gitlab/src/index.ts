import { definePlugin } from '@danube/plugin-api';
import { gitlab } from './forge.js';
import { gitlabToken } from './token-auth.js';

/** GitLab: webhooks, commit statuses, missed pushes, and access tokens for checkouts. */
export default definePlugin({ id: 'gitlab', forges: [gitlab], gitAuthMethods: [gitlabToken] });
