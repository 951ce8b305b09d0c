/** Runs in the page: milliseconds until the first lines of the log could be seen. */
export const untilFirstLines = `
  new Promise((seen) => {
    const look = () => {
      if (document.querySelector('.log-text:not(.log-waiting)') === null) return requestAnimationFrame(look);
      seen(performance.now());
    };
    look();
  })
`;

/** Runs in the page: goes to a line by its address; milliseconds until its text is there. */
export function jumpTo(line: number): string {
  return `
    new Promise((seen) => {
      const start = performance.now();
      const look = () => {
        const row = document.querySelector('.log-marked');
        const there = row?.querySelector('.log-number').textContent === '${line}';
        if (!there || row.querySelector('.log-waiting') !== null) return requestAnimationFrame(look);
        seen(performance.now() - start);
      };
      location.hash = '#L${line}';
      look();
    })
  `;
}

/** Runs in the page: milliseconds of each frame for a while; `eachFrame` is done in each. */
export function frameTimes(ms: number, eachFrame = ''): string {
  return `
    new Promise((done) => {
      const times = [];
      const step = (time) => {
        times.push(time);
        ${eachFrame};
        if (time - times[0] < ${ms}) return requestAnimationFrame(step);
        done(times.slice(1).map((end, index) => end - times[index]));
      };
      requestAnimationFrame(step);
    })
  `;
}

/** Runs in the page: types into the search; milliseconds until the first found text is marked. */
export function searchFor(text: string): string {
  return `
    new Promise((seen) => {
      const start = performance.now();
      const input = document.querySelector('.log-search input');
      input.value = '${text}';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      const look = () => {
        if (document.querySelector('mark') === null) return requestAnimationFrame(look);
        seen(performance.now() - start);
      };
      look();
    })
  `;
}

/** Runs in the page: the number of the last line that is shown. */
export const lastShownLine = `Number([...document.querySelectorAll('.log-number')].at(-1)?.textContent ?? 0)`;
