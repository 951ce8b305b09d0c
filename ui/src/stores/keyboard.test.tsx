import { render } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, onTestFinished, test } from 'vitest';
import { listenToKeys } from './keyboard.ts';

function start() {
  const went: string[] = [];
  const pages = [
    { path: '/pipelines', key: 'p' },
    { path: '/jobs', key: 'j' },
  ];
  onTestFinished(listenToKeys({ pages, goTo: (path) => went.push(path), showHelp: () => went.push('help') }));
  const page = render(() => (
    <>
      <input data-search aria-label="Search" />
      <a href="#1" data-row>
        first
      </a>
      <a href="#2" data-row>
        second
      </a>
    </>
  ));
  return { went, page, user: userEvent.setup() };
}

test('j and k go through the rows and stop at the ends', async () => {
  const { page, user } = start();
  await user.keyboard('jjj');
  expect(document.activeElement).toBe(page.getByText('second'));
  await user.keyboard('kkk');
  expect(document.activeElement).toBe(page.getByText('first'));
});

test('g and a letter go to a page; the letter alone does what it does', async () => {
  const { went, page, user } = start();
  await user.keyboard('gp');
  await user.keyboard('gj');
  expect(went).toEqual(['/pipelines', '/jobs']);
  await user.keyboard('j');
  expect(document.activeElement).toBe(page.getByText('first'));
  await user.keyboard('?');
  expect(went.at(-1)).toBe('help');
});

test('in a field, keys are text', async () => {
  const { went, page, user } = start();
  await user.keyboard('/');
  const search = page.getByLabelText<HTMLInputElement>('Search');
  expect(document.activeElement).toBe(search);
  await user.keyboard('gj?/');
  expect(search.value).toBe('gj?/');
  expect(went).toEqual([]);
});
