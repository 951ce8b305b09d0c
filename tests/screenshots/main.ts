import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '@danube/test-support/web-ui/open-browser.js';
import { SampleDanube } from '@danube/test-support/web-ui/sample-danube.js';
import type { Page } from 'playwright-core';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../docs/images', import.meta.url));
const sizes = [
  { name: '1440', width: 1440, height: 900 },
  { name: '375', width: 375, height: 800 },
];

await mkdir(folder, { recursive: true });
const browser = await openBrowser();
const sample = await SampleDanube.start();
try {
  const context = await browser.newContext();
  const page = await context.newPage();
  await takeAll(page, { 'sign-in': '/pipelines' });
  await page.goto(sample.deliveries.served.server.signInAddress);
  await page.getByRole('heading', { level: 1, name: 'Pipelines' }).waitFor();
  await takeAll(page, { ...sample.pages });
  await page.emulateMedia({ colorScheme: 'dark' });
  await takeAll(page, { 'job-dark': sample.pages.job, 'pipelines-dark': sample.pages.pipelines });
} finally {
  await browser.close();
  await sample.stop();
}

async function takeAll(page: Page, paths: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, path] of Object.entries(paths)) {
    for (const { name: size, ...viewport } of sizes) {
      await page.setViewportSize(viewport);
      await page.goto(sample.origin + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByLabel('Loading').first().waitFor({ state: 'detached' });
      await page.evaluate('Promise.all([...document.images].map((image) => image.decode()))');
      await page.screenshot({ path: join(folder, `ui-${name}-${size}.png`) });
    }
  }
}
