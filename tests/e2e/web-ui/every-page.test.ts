import { findAccessibilityProblems } from '@danube/test-support/web-ui/find-accessibility-problems.js';
import { hasChromium, openBrowser, withoutChromium } from '@danube/test-support/web-ui/open-browser.js';
import { SampleDanube } from '@danube/test-support/web-ui/sample-danube.js';
import { watchPage } from '@danube/test-support/web-ui/watch-page.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Many times what it takes where nothing else runs. */
const mostMs = 240_000;

describe.skipIf(!hasChromium)(`every page${withoutChromium}`, { timeout: mostMs }, () => {
  let browser: Browser;
  let sample: SampleDanube;
  let context: BrowserContext;

  beforeAll(async () => {
    sample = await SampleDanube.start();
    browser = await openBrowser();
    context = await browser.newContext();
    const first = await context.newPage();
    await first.goto(sample.deliveries.served.server.signInAddress);
    await first.getByRole('heading', { level: 1, name: 'Pipelines' }).waitFor();
  }, mostMs);

  // also where a start has failed
  afterAll(async () => {
    await browser?.close();
    await sample?.stop();
  });

  /** Goes there and waits until nothing is loading any more. */
  async function open(page: Page, path: string): Promise<void> {
    await page.goto(sample.origin + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByLabel('Loading').first().waitFor({ state: 'detached' });
  }

  test('can be read by everybody, in light and in dark', async () => {
    const page = await context.newPage();
    const { faults } = watchPage(page, sample.origin);
    for (const path of Object.values(sample.pages)) {
      await open(page, path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await findAccessibilityProblems(page), `${path} in ${colorScheme}`).toEqual([]);
      }
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  test('fits a telephone', async () => {
    const page = await context.newPage();
    await page.setViewportSize({ width: 375, height: 800 });
    for (const path of Object.values(sample.pages)) {
      await open(page, path);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(375);
    }
    await page.close();
  });

  test('of somebody who is not signed in can be read by everybody too', async () => {
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(sample.origin);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await stranger.close();
  });

  test('tells how a failed job failed, what a delivery did, and what is wrong with a commit', async () => {
    const page = await context.newPage();
    await open(page, sample.pages['failed-job']);
    await page.getByRole('listitem').filter({ hasText: 'test' }).getByText('exit 1').waitFor();
    await open(page, sample.pages.delivery);
    await page.getByRole('listitem').filter({ hasText: 'web' }).getByText('triggered').waitFor();
    await page.getByText('"commit":').waitFor();
    await open(page, sample.pages.system);
    await page.getByText('timeuot').first().waitFor();
    await page.close();
  });
});
