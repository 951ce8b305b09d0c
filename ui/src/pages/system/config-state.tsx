import { For, Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import type { ConfigStatus } from '../../api/types.ts';
import { ActionButton } from '../../components/forms/action-button.tsx';
import { Fact, Facts } from '../../components/layout/fact.tsx';
import { ExternalLink } from '../../components/text/external-link.tsx';
import { TimeText } from '../../components/text/time-text.tsx';
import { commitAddress } from '../../domain/repository-address.ts';
import { SyncReport } from './sync-report.tsx';

interface ConfigStateProps {
  readonly config: ConfigStatus;
  readonly onSynced: () => void;
}

/** Which commit of the config repository is in force, and what became of the newer ones. */
export function ConfigState(props: ConfigStateProps) {
  const sync = async (): Promise<void> => {
    await ask(api.POST('/api/v1/config/sync'));
    props.onSynced();
  };
  return (
    <div class="flex flex-col gap-3">
      <Facts>
        <Fact name="Repository">
          <Show when={props.config.repository} fallback="none is set: set [config_repo] url in danube.toml">
            {(repository) => `${repository().url}, branch ${repository().branch}`}
          </Show>
        </Fact>
        <Fact name="In force">
          <Show when={props.config.current} fallback="nothing yet">
            {(current) => (
              <>
                <ExternalLink href={commitAddress(props.config.repository?.url ?? '', current().commit)}>
                  <code class="font-mono">{current().commit}</code>
                </ExternalLink>{' '}
                since <TimeText at={current().applied_at} exact />
              </>
            )}
          </Show>
        </Fact>
      </Facts>
      <ul class="border-line bg-raised rounded border">
        <For each={props.config.syncs} fallback={<li class="text-muted px-4 py-2">No sync yet.</li>}>
          {(attempt) => <SyncReport sync={attempt} />}
        </For>
      </ul>
      <ActionButton onAction={sync}>Sync now</ActionButton>
    </div>
  );
}
