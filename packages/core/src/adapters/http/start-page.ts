import { readFile } from 'node:fs/promises';
import { defineRoute } from './routing/route.js';

const files = [
  ['/', 'index.html', 'text/html'],
  ['/start.js', 'start.js', 'text/javascript'],
  ['/start.css', 'start.css', 'text/css'],
] as const;

/** A page for browsers: pipelines, jobs and live logs. It stands on the API and is no part of it. */
export const startPageRoutes = files.map(([path, file, type]) =>
  defineRoute({
    method: 'GET',
    path,
    operationId: `startPage ${file}`,
    tag: 'start page',
    summary: 'A file of the start page',
    auth: 'none',
    responses: { 200: { description: 'The file.', type } },
    handle: async ({ ctx }) => {
      ctx.type = `${type}; charset=utf-8`;
      ctx.set('cache-control', 'no-cache');
      // beside this module in a checkout, beside the bundle in a build
      ctx.body = await readFile(new URL(`start-page/${file}`, import.meta.url));
    },
  }),
);
