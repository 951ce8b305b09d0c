import { notifierCode } from '@danube/test-support/plugin-fixtures.js';
import { entry, integrations, never, PluginHostFixture } from '@danube/test-support/plugin-host-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let fixture: PluginHostFixture;
beforeEach(() => {
  fixture = new PluginHostFixture();
});
afterEach(() => fixture.dispose());

/** What a stray error is handled in: the context of the code that threw. */
async function callbackOf(code: string): Promise<() => unknown> {
  fixture.folder.write({ name: 'x', code: notifierCode('x', { members: `async notify() { ${code} },` }) });
  await fixture.apply(integrations(['x'], { notifiers: [entry('x')] }));
  await fixture.active.current.notifiers[0]?.notifier.notify({ id: '1' } as never, never);
  return (globalThis as unknown as { fixtureError: () => unknown }).fixtureError;
}

test("an error of a plugin's own stack is contained, shown and counted", async () => {
  const make = await callbackOf('globalThis.fixtureError = () => new Error("stray");');
  expect(fixture.crashes.contain(make())).toBe(true);
  expect(fixture.host.states()).toMatchObject([
    { package: 'x', status: 'degraded', reason: expect.stringMatching(/its code crashed at .*: stray/) as string },
  ]);
  const call = { plugin: 'x', point: 'none', method: 'background', status: 'crashed' };
  expect(fixture.metrics.get('danube_plugin_calls_total', call)).toBe(1);
});

test.each([[new Error('of the host')], ['text'], [undefined]])('%s of nobody is not contained', async (error) => {
  await callbackOf('globalThis.fixtureError = undefined;');
  expect(fixture.crashes.contain(error)).toBe(false);
  expect(fixture.host.states()).toMatchObject([{ status: 'loaded' }]);
});
