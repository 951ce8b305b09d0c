import { quoteForShell } from '../../step-supervisor/render-files.js';

/** Puts a file in place as a whole; the shell's own `printf` takes contents of any size. */
export function putFile(path: string, content: string): string {
  const draft = `${path}.$$`;
  return `printf %s ${quoteForShell(content)} >${draft} && mv ${draft} ${path} || exit`;
}

export function lines(...all: readonly string[]): string {
  return all.join('\n');
}
