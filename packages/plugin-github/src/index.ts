import { definePlugin } from '@danube/plugin-api';
import { github } from './forge.js';
import { githubApp } from './github-app.js';
import { githubToken } from './github-token.js';

/** GitHub: webhooks, commit statuses, missed pushes, and GitHub Apps or access tokens for checkouts. */
export default definePlugin({ id: 'github', forges: [github], gitAuthMethods: [githubApp, githubToken] });
