import { hasChromium, openBrowser, withoutChromium } from '@danube/test-support/web-ui/open-browser.js';
import { watchPage } from '@danube/test-support/web-ui/watch-page.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const slow = `
from danube import step
step.run("echo begin", name="prepare")
step.run('python3 signals.py wait "go"', name="build")
`;
/** More than any wait should take; a page that does not get there fails with what it waited for. */
const patienceMs = 30_000;

/** Many times what it takes where nothing else runs. */
const mostMs = 240_000;

describe.skipIf(!hasChromium)(`the web interface${withoutChromium}`, { timeout: mostMs }, () => {
  let served: ServedProject;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let faults: readonly string[];

  beforeAll(async () => {
    browser = await openBrowser();
    served = await ServedProject.start({ slow: { file: slow } });
    context = await signedIn();
  }, mostMs);

  // also where a start has failed
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  beforeEach(async () => {
    page = await context.newPage();
    ({ faults } = watchPage(page, origin()));
  });

  afterEach(async () => {
    expect(faults).toEqual([]);
    await page.close();
  });

  const origin = () => `http://${served.server.address}`;
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
  const status = (word: string) => page.locator('header').getByText(word, { exact: true }).waitFor();

  async function newContext(): Promise<BrowserContext> {
    const fresh = await browser.newContext();
    fresh.setDefaultTimeout(patienceMs);
    return fresh;
  }

  /** A browser that has opened the address which the start of the server printed. */
  async function signedIn(): Promise<BrowserContext> {
    const opened = await newContext();
    const first = await opened.newPage();
    await first.goto(served.server.signInAddress);
    await first.getByRole('heading', { level: 1, name: 'Pipelines' }).waitFor();
    expect(first.url()).toBe(`${origin()}/pipelines`);
    await first.close();
    return opened;
  }

  test('without a session a page says what to do, and a used address does not help', async () => {
    const stranger = await newContext();
    page = await stranger.newPage();
    ({ faults } = watchPage(page, origin()));
    await page.goto(`${origin()}/jobs`);
    await heading('Sign in to Danube');
    await page.goto(served.server.signInAddress);
    await page.getByRole('alert').getByText('unknown, used or too old').waitFor();
    expect(page.url()).not.toContain('token');
    await stranger.close();
  });

  test('a first visit loads less than 100 kB of compressed script', async () => {
    const sizes: Promise<number>[] = [];
    const fresh = await browser.newContext({ storageState: await context.storageState() });
    page = await fresh.newPage();
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      expect(response.headers()['content-encoding'] ?? 'small').toMatch(/^(br|gzip|small)$/);
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
    });
    await page.goto(`${origin()}/pipelines`);
    await page.getByRole('link', { name: 'slow' }).waitFor();
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(100_000);
    await fresh.close();
  });

  test('a job is triggered, watched over a reload and a restart of the server, cancelled, and run again', async () => {
    await page.goto(`${origin()}/pipelines/slow`);
    await page.getByRole('button', { name: 'Trigger' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The newest commit of main is built.').waitFor();
    await dialog.getByRole('button', { name: 'Start job' }).click();
    await heading('slow #1');
    await status('running');
    await page.getByRole('listitem').filter({ hasText: 'build' }).getByText('running').waitFor();
    expect(await page.title()).toBe('running · slow #1 · Danube');
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/icons/busy.svg');

    await page.reload();
    await status('running');

    await page.evaluate(recordStatuses);
    await served.server.kill('SIGTERM');
    await page.getByText('The connection to the server is lost').waitFor();
    await served.server.start();
    await page.getByText('The connection to the server is lost').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await status('cancelled');
    await page.getByText('cancelled by admin').first().waitFor();
    await page.locator('[aria-live]').getByText('slow #1: cancelled').waitFor();
    // whatever the server was doing, the page never said that the job had failed
    expect(await page.evaluate('[...window.seenStatuses]')).toEqual(['running', 'cancelled']);

    await page.getByRole('button', { name: 'Run again' }).click();
    await heading('slow #2');
    served.signals.release('go');
    await status('success');
    expect(await page.title()).toBe('success · slow #2 · Danube');
  });

  /** Notes each status that the head of the page ever shows. */
  const recordStatuses = `
  window.seenStatuses = new Set(['running']);
  new MutationObserver(() => {
    const shown = document.querySelector('main header')?.textContent ?? '';
    for (const [word] of shown.matchAll(/pending|scheduling|running|success|failure|timeout|cancelled/g)) {
      window.seenStatuses.add(word);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

  test('jobs appear and change in the list without a reload, and the filter stands in the address', async () => {
    await page.goto(`${origin()}/jobs?pipeline=good`);
    await page.getByText('No job matches.').waitFor();
    await served.run('good');
    await page.getByRole('row').filter({ hasText: 'good #1' }).getByText('success').waitFor();
    await page.getByLabel('Status').selectOption('failure');
    await page.getByText('No job matches.').waitFor();
    expect(new URL(page.url()).search).toBe('?pipeline=good&status=failure');
  });

  test('everything is reached by keyboard', async () => {
    await page.goto(`${origin()}/system`);
    await heading('System');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await heading('Pipelines');
    await page.getByRole('link', { name: 'slow' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('slo');
    // the list of another search is made anew, and takes the focus with it
    await page.waitForURL(/search=slo$/);
    await page.getByRole('link', { name: 'good' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'slow' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading('slow');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('next row').waitFor();
  });

  test('an address that is no page, and a job that is not there, say so', async () => {
    await page.goto(`${origin()}/nowhere`);
    await page.getByText('There is no page at /nowhere.').waitFor();
    await page.goto(`${origin()}/jobs/none`);
    await page.getByRole('alert').getByText('there is no job "none"').waitFor();
  });
});
