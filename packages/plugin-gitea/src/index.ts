import { definePlugin } from '@danube/plugin-api';
import { gitea } from './forge.js';
import { giteaToken } from './token-auth.js';

/** Gitea and Forgejo: webhooks, commit statuses, missed pushes, and access tokens for checkouts. */
export default definePlugin({ id: 'gitea', forges: [gitea], gitAuthMethods: [giteaToken] });
