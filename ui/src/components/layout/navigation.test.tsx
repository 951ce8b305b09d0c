import { MemoryRouter, Route, createMemoryHistory } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Navigation } from './navigation.tsx';

test('the menu marks the page that is open, also below it, and leads to the others', async () => {
  const history = createMemoryHistory();
  history.set({ value: '/jobs/0198' });
  const page = render(() => (
    <MemoryRouter history={history} root={(props) => [<Navigation />, props.children]}>
      <Route path="*" component={() => null} />
    </MemoryRouter>
  ));
  const current = () => page.getAllByRole('link').find((link) => link.classList.contains('text-strong'))?.textContent;
  expect(page.getAllByRole('link').map((link) => link.textContent)).toEqual([
    'Pipelines',
    'Jobs',
    'Deliveries',
    'System',
  ]);
  expect(current()).toBe('Jobs');
  await userEvent.click(page.getByText('System'));
  expect(history.get()).toBe('/system');
});
