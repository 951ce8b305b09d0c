import { onCleanup } from 'solid-js';
import { Field, inputLooks } from './field.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly type?: 'text' | 'search' | 'date';
  readonly placeholder?: string;
  readonly value: string | undefined;
  /** Called when somebody has paused typing. */
  readonly onChange: (value: string | undefined) => void;
  /** The key `/` goes here. */
  readonly isSearch?: boolean;
}

const pauseMs = 250;

/** Text to filter by. */
export function TextField(props: TextFieldProps) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const changed = (text: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => props.onChange(text.trim() || undefined), pauseMs);
  };
  return (
    <Field label={props.label}>
      {(id) => (
        <input
          id={id}
          type={props.type ?? 'text'}
          class={inputLooks}
          placeholder={props.placeholder}
          value={props.value ?? ''}
          maxLength={100}
          data-search={props.isSearch === true ? '' : undefined}
          onInput={(event) => changed(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
