import { For } from 'solid-js';
import { Fact, Facts } from '../../components/layout/fact.tsx';

/** What was sent beside the body; the server keeps back what is secret. */
export function Headers(props: { readonly headers: Readonly<Record<string, string>> }) {
  return (
    <Facts>
      <For each={Object.entries(props.headers).sort()}>
        {([name, value]) => (
          <Fact name={name}>
            <code class="font-mono text-xs">{value}</code>
          </Fact>
        )}
      </For>
    </Facts>
  );
}
