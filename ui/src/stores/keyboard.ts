interface Keys {
  readonly pages: readonly { readonly path: string; readonly key: string }[];
  readonly goTo: (path: string) => void;
  readonly showHelp: () => void;
}

/** Listens to the keys that work on every page, until the answer is called. Rows are whatever has `data-row`. */
export function listenToKeys({ pages, goTo, showHelp }: Keys): () => void {
  let goPressed = false;

  const press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const page = goPressed ? pages.find(({ key }) => key === event.key) : undefined;
    goPressed = event.key === 'g' && page === undefined;
    if (page !== undefined) goTo(page.path);
    else if (goPressed) return;
    else if (event.key === '?') showHelp();
    else if (event.key === 'j') focusRow(1);
    else if (event.key === 'k') focusRow(-1);
    else if (event.key === '/') focusSearch();
    else return;
    event.preventDefault();
  };

  document.addEventListener('keydown', press);
  return () => document.removeEventListener('keydown', press);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, dialog') !== null;
}

function focusRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const current = rows.findIndex((row) => row === document.activeElement);
  const next = current === -1 ? (step === 1 ? 0 : rows.length - 1) : current + step;
  rows[next]?.focus();
}

function focusSearch(): void {
  document.querySelector<HTMLElement>('[data-search]')?.focus();
}
