import { fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogViewer } from './log-viewer.tsx';
import { ServedLog } from './served-log.ts';

let served: ServedLog;

beforeEach(() => {
  served = new ServedLog();
  vi.stubGlobal('fetch', served.fetch);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  localStorage.clear();
  history.replaceState(null, '', location.pathname);
});

async function open(live = false): Promise<HTMLElement> {
  render(() => <LogViewer jobId="job" live={live} failedSteps={[2]} />);
  return screen.findByRole('region', { name: 'Log of the job' });
}

/** What is shown, a row a line, without the numbers. */
function rows(): string[] {
  return [...document.querySelectorAll('.log-row')].map((row) =>
    (row.querySelector('.log-text') ?? row).textContent.replace(/\s+/g, ' '),
  );
}

function key(name: string): void {
  fireEvent.keyDown(document.body, { key: name });
}

describe('a finished log', () => {
  beforeEach(() => {
    served.add('build', ['compiling', '\x1b[31mred\x1b[0m <b>bold</b>']);
    served.add('test', ['10%\r100%', 'first error: it broke'], 'stderr');
    served.complete = true;
  });

  it('shows lines under the headings of their steps, as text', async () => {
    await open();
    await waitFor(() =>
      expect(rows()).toEqual([
        '▾ build 2 lines',
        'compiling',
        'red <b>bold</b>',
        '▾ test 2 lines',
        '100%',
        'first error: it broke',
      ]),
    );
    expect(screen.getByText('red').className).toBe('ansi-red-fg');
    expect(screen.getAllByText('!')).toHaveLength(2);
    expect(screen.getByRole('link', { name: 'line 3, stderr' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Download' }).getAttribute('href')).toBe('/api/v1/jobs/job/logs');
  });

  it('folds a step away, and unfolds it for the first error in it', async () => {
    await open();
    const heading = await screen.findByRole('button', { name: 'test 2 lines' });
    fireEvent.click(heading);
    expect(rows().slice(-2)).toEqual(['red <b>bold</b>', '▸ test 2 lines folded']);
    fireEvent.click(screen.getByRole('button', { name: 'First error' }));
    await screen.findByText('Error at line 4');
    expect(rows().at(-1)).toBe('first error: it broke');
    expect(location.hash).toBe('#L4');
  });

  it('marks lines and puts them into the address', async () => {
    await open();
    fireEvent.click(await screen.findByRole('link', { name: 'line 2' }));
    fireEvent.click(screen.getByRole('link', { name: 'line 4, stderr' }), { shiftKey: true });
    expect(location.hash).toBe('#L2-L4');
    expect(document.querySelectorAll('.log-marked')).toHaveLength(3);
  });

  it('searches, marks what is found and goes from one to the next', async () => {
    await open();
    key('/');
    const input = screen.getByRole('searchbox');
    expect(document.activeElement).toBe(input);
    fireEvent.input(input, { target: { value: 'R' } });
    await screen.findByText('1 of 2');
    await waitFor(() => expect(document.querySelectorAll('mark')).toHaveLength(6));
    key('n');
    await screen.findByText('2 of 2');
    key('n');
    await screen.findByText('1 of 2');
    fireEvent.click(screen.getByRole('button', { name: 'Match upper and lower case' }));
    await screen.findByText('not found');
  });

  it('shows times as the reader wants them, and remembers it', async () => {
    await open();
    await screen.findByText('compiling');
    expect(document.querySelector('time')).toBeNull();
    key('t');
    key('t');
    await waitFor(() => expect(document.querySelectorAll('time')[3]?.textContent).toBe('+0:03.000'));
    expect(document.querySelector('time')?.title).toBe('2026-01-06T12:00:00.000Z');
    expect(JSON.parse(localStorage.getItem('danube.log-viewer') ?? '')).toEqual({ wrap: false, time: 'relative' });
  });
});

it('a long line is cut until all of it is wanted', async () => {
  served.add('build', ['x'.repeat(65_000)]);
  served.complete = true;
  await open();
  fireEvent.click(await screen.findByRole('button', { name: '61,000 more characters: show all' }));
  await waitFor(() => expect(rows().at(-1)).toHaveLength(65_000));
});

it('a live log grows, and following it is let go and taken up again', async () => {
  await open(true);
  await screen.findByText('Nothing printed yet: lines show as they come.');
  served.add('build', ['one', 'two']);
  await waitFor(() => expect(rows()).toEqual(['▾ build 2 lines', 'one', 'two']));
  const follow = screen.getByRole('button', { name: 'Follow' });
  expect(follow.getAttribute('aria-pressed')).toBe('true');
  fireEvent.wheel(screen.getByRole('region', { name: 'Log of the job' }), { deltaY: -10 });
  expect(follow.getAttribute('aria-pressed')).toBe('false');
  key('f');
  expect(follow.getAttribute('aria-pressed')).toBe('true');
  served.add('build', ['three']);
  served.end();
  await waitFor(() => expect(document.querySelector('.log-foot')?.textContent).toBe('3 lines'));
});

it('what the server refuses is said, and can be tried again', async () => {
  served.refusal = 'job "job" has no log';
  render(() => <LogViewer jobId="job" live={false} />);
  await screen.findByText('The log cannot be shown: job "job" has no log');
  served.refusal = undefined;
  served.add('build', ['here it is']);
  served.complete = true;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('here it is');
});
