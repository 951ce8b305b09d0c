import { findAccessibilityProblems } from '@danube/test-support/web-ui/find-accessibility-problems.js';
import { hasChromium, openBrowser, withoutChromium } from '@danube/test-support/web-ui/open-browser.js';
import { readLogRows } from '@danube/test-support/web-ui/read-log-rows.js';
import { watchPage } from '@danube/test-support/web-ui/watch-page.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

/** Prints three times as many lines, each time when the test says so. */
const printed = 400;
const phases = `
from danube import step
step.run("echo ready", name="prepare", check=True)
step.run("""for phase in 1 2 3; do
  python3 signals.py wait $RUN-$phase
  seq -f "phase $phase line %g" ${printed}
done""", name="print", check=True)
`;
const odd = String.raw`
from danube import step
script = r'''
import sys
out, err = sys.stdout, sys.stderr
out.write("\x1b[31mred\x1b[0m \x1b[38;5;208morange\x1b[0m \x1b[1;4mbold\x1b[0m\n")
out.write("<img src=x onerror=window.attacked=1> <script>window.attacked=1</script>\n")
out.write("\x1b]8;;https://example.org/\x1b\\good\x1b]8;;\x1b\\ \x1b]8;;javascript:attacked=1\x1b\\bad\x1b]8;;\x1b\\\n")
out.write("10%\r50%\rdone \x1b[K\n")
out.write("x" * 1_000_000 + "\n")
out.flush()
out.buffer.write(bytes(range(0, 10)) + bytes(range(14, 32)) + bytes(range(127, 256)) + b"\n")
out.flush()
for number in range(500):
    out.write(f"ordinary line {number}\n")
out.flush()
err.write("Error: it broke\n")
sys.exit(1)
'''
step.run("python3 - <<'EOF'\n" + script + "\nEOF", name="unit [tests]", check=True)
`;

/** More than any wait should take; a page that does not get there fails with what it waited for. */
const patienceMs = 30_000;

describe.skipIf(!hasChromium)(`the log viewer${withoutChromium}`, () => {
  let served: ServedProject;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let faults: readonly string[];
  let oddJob: string;

  beforeAll(async () => {
    browser = await openBrowser();
    served = await ServedProject.start({ phases: { file: phases }, odd: { file: odd } });
    context = await browser.newContext();
    context.setDefaultTimeout(patienceMs);
    const first = await context.newPage();
    await first.goto(served.server.signInAddress);
    await first.getByRole('heading', { level: 1, name: 'Pipelines' }).waitFor();
    await first.close();
    oddJob = (await served.run('odd')).id;
  });

  afterAll(async () => {
    await browser.close();
    await served.stop();
  });

  beforeEach(async () => {
    page = await context.newPage();
    ({ faults } = watchPage(page, `http://${served.server.address}`));
  });

  afterEach(async () => {
    expect(faults).toEqual([]);
    await page.close();
  });

  async function open(jobId: string, hash = ''): Promise<void> {
    await page.goto(`http://${served.server.address}/jobs/${jobId}${hash}`);
    await page.locator('.log-number').first().waitFor();
  }

  /** Opens the log of the job that has ended, and waits until nothing of it will move any more. */
  async function openOdd(hash = ''): Promise<void> {
    await open(oddJob, hash);
    await page
      .locator('.log-foot')
      .getByText(/^\d+ lines$/)
      .waitFor();
  }

  const row = (text: string | RegExp) => page.locator('.log-row').filter({ hasText: text });

  /** What the server has stored, as the viewer shows it. */
  async function storedLines(jobId: string) {
    const text = await (await served.server.request('GET', `/api/v1/jobs/${jobId}/logs`)).text();
    const lines = text.slice(0, -1).split('\n');
    return lines.map((line, index) => ({ number: index + 1, text: line.replace(/^(\[[^\]]*\] ){3}/, '') }));
  }

  test('a log is followed over a lost network and a killed server, and not a line is missing or comes twice', async () => {
    const id = await served.trigger('phases', { RUN: 'a' });
    await served.logHas(id, 'ready');
    await open(id);
    const follow = page.getByRole('button', { name: 'Follow' });
    expect(await follow.getAttribute('aria-pressed')).toBe('true');
    served.signals.release('a-1');
    await row(`phase 1 line ${printed}`).waitFor();

    await context.setOffline(true);
    await page.getByText('connection lost').waitFor();
    served.signals.release('a-2');
    await served.logHas(id, `phase 2 line ${printed}`);
    expect(await row('phase 2').count()).toBe(0);
    await context.setOffline(false);
    await row(`phase 2 line ${printed}`).waitFor();

    await served.server.kill('SIGKILL');
    await page.getByText('connection lost').waitFor();
    served.signals.release('a-3');
    await served.server.start();
    await row(`phase 3 line ${printed}`).waitFor();
    await served.server.ended(id);
    await page.getByText('live', { exact: false }).and(page.locator('.log-foot')).waitFor({ state: 'detached' });

    expect(await readLogRows(page)).toEqual(await storedLines(id));
  });

  test('following is let go when the reader scrolls up, and taken up again at the end', async () => {
    const id = await served.trigger('phases', { RUN: 'b' });
    await open(id);
    served.signals.release('b-1');
    await row(`phase 1 line ${printed}`).waitFor();
    await page.locator('.log-scroll').hover();
    await page.mouse.wheel(0, -2000);
    await page.getByRole('button', { name: 'Follow', pressed: false }).waitFor();
    const leftBelow = () =>
      page.locator('.log-scroll').evaluate(({ scrollHeight, scrollTop, clientHeight }) => {
        return scrollHeight - scrollTop - clientHeight;
      });
    await expect.poll(leftBelow).toBeCloseTo(2000, -1);
    const place = async () => (await page.getByRole('link', { name: 'line 290', exact: true }).boundingBox())?.y;
    const before = await place();
    expect(before).toBeGreaterThan(0);

    served.signals.release('b-2');
    await page.getByText(/^8\d\d lines, live$/).waitFor();
    expect(await place()).toBeCloseTo(before ?? 0, 0);

    await page.keyboard.press('G');
    await page.getByRole('button', { name: 'Follow', pressed: true }).waitFor();
    served.signals.release('b-3');
    await row(`phase 3 line ${printed}`).waitFor();
  });

  test('what a step prints is only ever text', async () => {
    await openOdd();
    await row('<img src=x').waitFor();
    expect(await page.locator('.log-viewer').locator('img, script').count()).toBe(0);
    expect(await page.evaluate('window.attacked')).toBeUndefined();
    const links = await page.locator('.log-link').all();
    expect(await Promise.all(links.map((link) => link.getAttribute('href')))).toEqual(['https://example.org/']);
    const color = (text: string) =>
      page.evaluate<string>(`getComputedStyle(
      [...document.querySelectorAll('.log-text span')].find(({ textContent }) => textContent === '${text}'),
    ).color`);
    expect(await color('orange')).toBe('rgb(255, 135, 0)');
    expect(await color('red')).toBe('rgb(248, 113, 113)');
    expect(await row(/^\d+done $/).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'more characters' }).first().textContent()).toMatch(
      /^6\d,\d{3} more/,
    );
  });

  test('the whole log is searched, with marks in the text and beside the scrollbar', async () => {
    await openOdd();
    await page.keyboard.press('/');
    await page.keyboard.type('ordinary line 49');
    await page.getByText('1 of 11').waitFor();
    await page.locator('mark').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 11').waitFor();
    await page.locator('.log-current').filter({ hasText: 'ordinary line 490' }).waitFor();
    expect(await page.locator('.log-marks span').count()).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await page.getByRole('searchbox').fill('^Error: .* broke$');
    await page.getByText('1 of 1', { exact: true }).waitFor();
    await page.getByRole('searchbox').fill('(');
    await page.getByText('is no regular expression').waitFor();
  });

  test('lines have addresses, ranges are marked and copied without numbers', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openOdd('#L100-L102');
    await expect.poll(() => page.locator('.log-marked').count()).toBe(3);
    await page.getByRole('link', { name: 'line 104', exact: true }).click({ modifiers: ['Shift'] });
    expect(new URL(page.url()).hash).toBe('#L100-L104');
    await page.getByRole('button', { name: 'Copy lines' }).click();
    await page.getByText('Copied').waitFor();
    const stored = (await storedLines(oddJob)).slice(99, 104);
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
      stored.map(({ text }) => `${text}\n`).join(''),
    );
  });

  test('steps fold, long lines wrap, and the first error is found', async () => {
    await openOdd();
    await page.getByRole('button', { name: /^unit _tests_ \d+ lines/ }).click();
    await page.getByRole('button', { name: /^unit _tests_ \d+ lines folded/ }).waitFor();
    expect(await row('ordinary line').count()).toBe(0);
    await page.getByRole('button', { name: 'First error' }).click();
    await page.locator('.log-marked').filter({ hasText: 'Error: it broke' }).waitFor();
    await page.keyboard.press('w');
    await page.getByRole('button', { name: 'Wrap', pressed: true }).waitFor();
    await page.waitForFunction(`(({ scrollWidth, clientWidth }) => scrollWidth === clientWidth)(
    document.querySelector('.log-scroll'),
  )`);
    await page.getByTitle('Show times').selectOption('relative');
    await page
      .getByText(/^\+\d+:\d\d\.\d{3}$/)
      .first()
      .waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
  });
});
