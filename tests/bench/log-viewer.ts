import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/web-ui/open-browser.js';
import { pageMemory } from './log-viewer/page-memory.js';
import { frameTimes, jumpTo, lastShownLine, searchFor, untilFirstLines } from './log-viewer/page-scripts.js';
import { median, repeat, type Row, run } from './measure.js';
import { createWorld, endedQuietly, trigger, type World } from './world.js';

const lines = 1_000_000;
const perSecond = 2_000;
const followedMs = 10_000;
const danubefile = `
import os
from danube import step
script = """
import sys, time
if sys.argv[1] == "long":
    for number in range(1, ${lines} + 1):
        print(f"\\\\x1b[32mok\\\\x1b[0m line {number:7} of what a build prints, some of it in colour")
else:
    start = time.time()
    for batch in range(1, 20 * 60):
        print("".join(f"live line {batch}\\\\n" for _ in range(${perSecond} // 20)), end="", flush=True)
        time.sleep(max(0, start + batch / 20 - time.time()))
"""
step.run(f"python3 -c '{script}' {os.environ['KIND']}", name="print", check=True)
`;

interface ViewedLog {
  readonly world: World;
  /** Signed in. */
  readonly context: BrowserContext;
  /** The log is shown here. */
  readonly page: Page;
  readonly address: string;
  /** The address of some lines from `first` on, as text: what a browser takes at least. */
  readonly textFrom: (first: number) => string;
  /** Where the server keeps it. */
  readonly file: string;
}

/** The log viewer of the web interface, in a real browser on a real server. */
export async function logViewer(): Promise<Row[]> {
  const world = await createWorld({ danubefile, pipelines: ['print'] });
  const browser = await openBrowser();
  try {
    await world.server.start();
    const context = await signIn(browser, world);
    const log = await printLongLog(world, context);
    return [
      await firstLines(log),
      await jumps(log),
      await scrolling(log),
      await search(log),
      ...(await memory(log)),
      await following(log),
    ];
  } finally {
    await browser.close();
    await world.dispose();
  }
}

async function signIn(browser: Browser, { server }: World): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(server.signInAddress);
  await page.getByRole('heading', { level: 1, name: 'Pipelines' }).waitFor();
  await page.close();
  return context;
}

async function printLongLog(world: World, context: BrowserContext): Promise<ViewedLog> {
  const job = await trigger(world.server, 'print', { KIND: 'long' });
  await endedQuietly(world.server, job);
  const origin = `http://${world.server.address}`;
  return {
    world,
    context,
    page: await context.newPage(),
    address: `${origin}/jobs/${job}`,
    textFrom: (first) => `${origin}/api/v1/jobs/${job}/logs?lines=${first}-${first + 249}`,
    file: join(world.folder, 'data', 'logs', `${job}.log`),
  };
}

async function firstLines({ context, page, address, textFrom, file }: ViewedLog): Promise<Row> {
  const shown = await repeat(5, async () => {
    await page.goto(address, { waitUntil: 'commit' });
    return page.evaluate<number>(untilFirstLines);
  });
  const bare = await context.newPage();
  const floor = await repeat(5, () => untilLoaded(bare, textFrom(1)));
  await bare.close();
  return {
    name: `log of ${lines} lines (${(statSync(file).size / 1e6).toFixed(0)} MB): its first lines on screen`,
    value: median(shown),
    unit: 'ms',
    floor: median(floor),
    floorIs: 'the browser showing 250 lines as a text file',
    aim: '300 ms',
  };
}

async function jumps({ context, page, textFrom }: ViewedLog): Promise<Row> {
  const places = Array.from({ length: 20 }, (_, index) => ((index * 617_317) % lines) + 1);
  const shown = await repeat(20, (round) => page.evaluate<number>(jumpTo(places[round] ?? 1)));
  const bare = await context.newPage();
  const floor = await repeat(20, (round) => untilLoaded(bare, textFrom(places[round] ?? 1)));
  await bare.close();
  return {
    name: 'jump to any of its lines',
    value: median(shown),
    unit: 'ms',
    floor: median(floor),
    floorIs: 'the browser showing 250 lines from there as a text file',
    aim: '100 ms',
  };
}

async function untilLoaded(page: Page, address: string): Promise<number> {
  await page.goto(address);
  return page.evaluate<number>('performance.now()');
}

const scrolledMs = 4_000;

async function scrolling({ context, page, address }: ViewedLog): Promise<Row> {
  const frames = await page.evaluate<number[]>(
    frameTimes(scrolledMs, `document.querySelector('.log-scroll').scrollTop += 500`),
  );
  const bare = await context.newPage();
  await bare.goto(`${new URL(address).origin}/api/v1/jobs?limit=1`);
  const floor = await bare.evaluate<number[]>(frameTimes(scrolledMs));
  await bare.close();
  return {
    name: 'longest frame of 4 s of scrolling, 25 new lines in each',
    value: Math.max(...frames),
    unit: 'ms',
    floor: Math.max(...floor),
    floorIs: 'a page that does nothing for 4 s',
    aim: '50 ms',
  };
}

async function search({ page, file }: ViewedLog): Promise<Row> {
  const text = `line ${lines} of what`;
  return {
    name: 'search to the first hit, in the last line',
    value: await page.evaluate<number>(searchFor(text)),
    unit: 'ms',
    floor: run('grep', ['-n', text, file]),
    floorIs: 'grep in the file of the log',
    aim: '1000 ms',
  };
}

async function memory({ context, address }: ViewedLog): Promise<Row[]> {
  const used = await pageMemory(context, address, async (page) => {
    await page.evaluate(untilFirstLines);
    await page.evaluate(frameTimes(scrolledMs, `document.querySelector('.log-scroll').scrollTop += 5_000`));
    await page.evaluate(searchFor('line'));
    await page.getByText(`of ${lines.toLocaleString('en')}`, { exact: false }).waitFor();
  });
  const blank = await pageMemory(context, `${new URL(address).origin}/health`, () => Promise.resolve());
  return [
    {
      name: 'memory of the page after scrolling, with a million hits: process',
      value: used.process,
      unit: 'MB',
      floor: blank.process,
      floorIs: 'a page of one word',
    },
    { name: '… its scripts', value: used.heap, unit: 'MB', floor: blank.heap, floorIs: '… its scripts', aim: '150 MB' },
  ];
}

async function following({ world, context }: ViewedLog): Promise<Row> {
  const job = await trigger(world.server, 'print', { KIND: 'live' });
  const page = await context.newPage();
  await page.goto(`http://${world.server.address}/jobs/${job}`);
  await page.getByText('live line').first().waitFor();
  const before = await page.evaluate<number>(lastShownLine);
  const frames = await page.evaluate<number[]>(frameTimes(followedMs));
  const shown = (await page.evaluate<number>(lastShownLine)) - before;
  await page.close();
  const bare = await context.newPage();
  const floor = await bare.evaluate<number[]>(frameTimes(followedMs));
  await world.server.json('POST', `/api/v1/jobs/${job}/cancel`, {});
  return {
    name: `longest frame while ${Math.round(shown / (followedMs / 1000))} lines a second are followed`,
    value: Math.max(...frames),
    unit: 'ms',
    floor: Math.max(...floor),
    floorIs: 'an empty page meanwhile',
    aim: '50 ms',
  };
}
