import type { Page } from 'playwright-core';

/** What a page may not do: complain in its console, throw, break the policy of the server, or ask another host. */
export interface PageFaults {
  readonly faults: readonly string[];
}

/** Requests that fail because the server is away, as a test wants it, are none of the page's faults. */
const expected = /net::ERR_|Failed to load resource/;

export function watchPage(page: Page, origin: string): PageFaults {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) faults.push(`asked ${request.url()}`);
  });
  return { faults };
}
