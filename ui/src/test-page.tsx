import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import type { Component } from 'solid-js';

/** Shows a page at an address, as the router would. */
export function showPage(page: Component, { path, at }: { readonly path: string; readonly at: string }) {
  const history = createMemoryHistory();
  history.set({ value: at });
  const shown = render(() => (
    <MemoryRouter history={history}>
      <Route path={path} component={page} />
      <Route path="*" component={() => <p>elsewhere</p>} />
    </MemoryRouter>
  ));
  return { ...shown, history };
}
