import type { Page } from 'playwright-core';

export interface ShownLine {
  readonly number: number;
  readonly text: string;
}

interface Screen {
  readonly lines: readonly ShownLine[];
  readonly atEnd: boolean;
}

/** Scrolls the log viewer from its first row to its last, and answers every line that it shows on the way. */
export async function readLogRows(page: Page): Promise<readonly ShownLine[]> {
  await page.evaluate(`document.querySelector('.log-scroll').scrollTop = 0`);
  const shown = new Map<number, string>();
  for (;;) {
    await page.waitForFunction(`document.querySelector('.log-waiting') === null`);
    const { lines, atEnd } = await page.evaluate<Screen>(readScreen);
    if (new Set(lines.map(({ number }) => number)).size < lines.length) throw new Error('a line is shown twice');
    for (const { number, text } of lines) shown.set(number, text);
    if (atEnd) return [...shown].map(([number, text]) => ({ number, text }));
    await page.evaluate(scrollOn);
  }
}

const readScreen = `
  (() => {
    const element = document.querySelector('.log-scroll');
    const lines = [...element.querySelectorAll('.log-row:not(.log-step)')].map((row) => ({
      number: Number(row.querySelector('.log-number').textContent),
      text: row.querySelector('.log-text').textContent,
    }));
    return { lines, atEnd: element.scrollTop + element.clientHeight >= element.scrollHeight - 2 };
  })()
`;

/** Less than a screen on, and drawn. */
const scrollOn = `
  new Promise((drawn) => {
    const element = document.querySelector('.log-scroll');
    element.scrollTop += element.clientHeight - 60;
    requestAnimationFrame(() => requestAnimationFrame(() => drawn()));
  })
`;
