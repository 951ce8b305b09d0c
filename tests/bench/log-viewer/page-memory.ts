import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../support/web-ui/open-browser.js';
import { residentMegabytes } from '../measure.js';

export interface PageMemory {
  /** Resident memory of the process that shows the page, in MB. */
  readonly process: number;
  /** What its scripts hold, in MB. */
  readonly heap: number;
}

/** The memory of a page after some work, in a browser of its own that is signed in as `context` is. */
export async function pageMemory(
  context: BrowserContext,
  address: string,
  work: (page: Page) => Promise<unknown>,
): Promise<PageMemory> {
  const browser = await openBrowser();
  try {
    const own = await browser.newContext({ storageState: await context.storageState() });
    const page = await own.newPage();
    await page.goto(address);
    await work(page);
    const session = await own.newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMegabytes(id));
    return { process: Math.max(...renderers), heap: usedSize / 1e6 };
  } finally {
    await browser.close();
  }
}
