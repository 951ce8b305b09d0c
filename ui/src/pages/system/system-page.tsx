import { api, ask } from '../../api/client.ts';
import { Section } from '../../components/layout/section.tsx';
import { PageHeader } from '../../components/layout/page-header.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { createQuery } from '../../stores/query.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { readHealth } from './read-health.ts';
import { ConfigState } from './config-state.tsx';
import { Health } from './health.tsx';
import { Plugins } from './plugins.tsx';

/** No event tells about these. */
const refresh = { everyMs: 5000 };

/** How the server itself fares. */
export default function SystemPage() {
  const health = createQuery(
    () => 'health',
    (_key, signal) => readHealth(signal),
    refresh,
  );
  const config = createQuery(
    () => 'config',
    (_key, signal) => ask(api.GET('/api/v1/config', { signal })),
    refresh,
  );
  const plugins = createQuery(
    () => 'plugins',
    (_key, signal) => ask(api.GET('/api/v1/plugins', { signal })),
    refresh,
  );
  usePageTitle(() => 'System');
  return (
    <>
      <PageHeader title="System" />
      <Section title="Health">
        <Loaded query={health} skeletonLines={3}>
          {(readiness) => <Health readiness={readiness()} />}
        </Loaded>
      </Section>
      <Section title="Configuration">
        <Loaded query={config} skeletonLines={3}>
          {(status) => <ConfigState config={status()} onSynced={() => config.reload()} />}
        </Loaded>
      </Section>
      <Section title="Plugins">
        <Loaded query={plugins} skeletonLines={3}>
          {(list) => <Plugins plugins={list().items} />}
        </Loaded>
      </Section>
    </>
  );
}
