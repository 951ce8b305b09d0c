import { createSignal, Show } from 'solid-js';
import { Button } from '../../components/forms/button.tsx';
import { Field, inputLooks } from '../../components/forms/field.tsx';
import { signInWith } from '../../stores/session.ts';

/** For whoever has the one-time token but not its address, as behind a proxy. */
export function TokenForm() {
  const [token, setToken] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setProblem(
      await signInWith(
        token()
          .trim()
          .replace(/^.*#token=/, ''),
      ),
    );
  };
  return (
    <form class="border-line flex flex-col gap-3 border-t pt-4" onSubmit={(event) => void submit(event)}>
      <Field label="One-time token, or the whole address">
        {(id) => (
          <input
            id={id}
            type="password"
            autocomplete="off"
            required
            class={inputLooks}
            value={token()}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        )}
      </Field>
      <Show when={problem()}>
        <p role="alert" class="text-bad">
          {problem()}
        </p>
      </Show>
      <Button type="submit" primary class="self-start">
        Sign in
      </Button>
    </form>
  );
}
