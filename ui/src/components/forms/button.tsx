import { splitProps, type JSX } from 'solid-js';

interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  readonly primary?: boolean;
}

const looks = 'rounded border px-3 py-1.5 font-medium disabled:cursor-default disabled:opacity-60';

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['primary', 'class']);
  const colours = () =>
    own.primary === true
      ? 'border-accent bg-accent text-ground'
      : 'border-line bg-raised text-strong hover:border-muted';
  return <button type="button" {...rest} class={`${looks} ${colours()} ${own.class ?? ''}`} />;
}
