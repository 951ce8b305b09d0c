import { Show, type JSX } from 'solid-js';
import type { Search } from '../state/create-search.ts';
import { useViewer } from '../state/viewer-context.ts';

/** Searches the whole log; Enter goes to the next hit, with shift to the one before. */
export function SearchBar(props: { readonly ref: (input: HTMLInputElement) => void }): JSX.Element {
  const { search } = useViewer();
  const toggle = (name: 'regex' | 'matchCase') => search.setTerms({ ...search.terms(), [name]: !search.terms()[name] });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') search.go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      search.setTerms({ ...search.terms(), text: '' });
      (event.currentTarget as HTMLElement).blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="log-search" role="search" aria-label="Log">
      <input
        ref={props.ref}
        type="search"
        placeholder="Search the log  /"
        aria-label="Search the log"
        maxlength="1000"
        value={search.terms().text}
        aria-invalid={search.state() === 'failed'}
        onInput={(event) => search.setTerms({ ...search.terms(), text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        title="Match upper and lower case"
        aria-label="Match upper and lower case"
        aria-pressed={search.terms().matchCase}
        onClick={() => toggle('matchCase')}
      >
        Aa
      </button>
      <button
        type="button"
        title="Regular expression"
        aria-label="Regular expression"
        aria-pressed={search.terms().regex}
        onClick={() => toggle('regex')}
      >
        .*
      </button>
      <Show when={search.terms().text !== ''}>
        <button type="button" title="Previous (N)" aria-label="Previous found line" onClick={() => search.go(-1)}>
          ↑
        </button>
        <button type="button" title="Next (n)" aria-label="Next found line" onClick={() => search.go(1)}>
          ↓
        </button>
        <span class="log-count" role="status">
          {summary(search)}
        </span>
      </Show>
    </div>
  );
}

function summary(search: Search): string {
  const { count } = search.hits();
  if (search.state() === 'failed') return search.problem() ?? 'the search has failed';
  const total = search.state() === 'searching' ? `${count.toLocaleString()}…` : count.toLocaleString();
  const current = search.current();
  if (current === undefined) return count === 0 && search.state() === 'done' ? 'not found' : total;
  return `${(search.hits().firstFrom(current) + 1).toLocaleString()} of ${total}`;
}
