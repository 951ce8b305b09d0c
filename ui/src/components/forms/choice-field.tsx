import { For } from 'solid-js';
import { Field, inputLooks } from './field.tsx';

interface ChoiceFieldProps {
  readonly label: string;
  /** What stands for "no choice". */
  readonly any: string;
  readonly choices: readonly string[];
  readonly value: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
}

/** One of several values, or any. */
export function ChoiceField(props: ChoiceFieldProps) {
  return (
    <Field label={props.label}>
      {(id) => (
        <select id={id} class={inputLooks} onChange={(event) => props.onChoose(event.currentTarget.value || undefined)}>
          <option value="" selected={props.value === undefined}>
            {props.any}
          </option>
          <For each={props.choices}>
            {(choice) => (
              <option value={choice} selected={choice === props.value}>
                {choice}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  );
}
