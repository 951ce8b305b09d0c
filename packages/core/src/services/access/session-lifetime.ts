/** How long a browser stays logged in, in milliseconds. */
export const sessionLifetimeMs = 12 * 60 * 60 * 1000;
