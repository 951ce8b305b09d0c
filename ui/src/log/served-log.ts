/** Answers the requests of a viewer as the server does, from lines in memory. Only tests use it. */
export class ServedLog {
  complete = false;
  /** With which every request is refused. */
  refusal: string | undefined;
  readonly #lines: string[] = [];
  readonly #sections: { sequence: number; name: string; first_line: number; last_line: number }[] = [];
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined;

  /** Prints lines, one each second. */
  add(step: string, lines: readonly string[], stream: 'stdout' | 'stderr' = 'stdout'): void {
    const first = this.#lines.length + 1;
    for (const text of lines) {
      const time = new Date(Date.UTC(2026, 0, 6, 12) + this.#lines.length * 1000).toISOString();
      this.#lines.push(`[${time}] [${step}] [${stream}] ${text}`);
    }
    const sequence = this.#sections.length + 1;
    this.#sections.push({ sequence, name: step, first_line: first, last_line: this.#lines.length });
    const text = this.#lines.slice(first - 1).map((line) => `${line}\n`);
    this.#send('log', { offset: 0, line: first, text: text.join('') });
  }

  /** Ends the live log. */
  end(): void {
    this.complete = true;
    this.#send('end', { status: 'success' });
    this.#stream?.close();
  }

  readonly fetch = ({ url }: Request): Promise<Response> => {
    if (this.refusal !== undefined) {
      return Promise.resolve(Response.json({ error: { message: this.refusal } }, { status: 404 }));
    }
    const { pathname, searchParams } = new URL(url);
    if (pathname.endsWith('/sections')) return Promise.resolve(Response.json({ items: this.#sections }));
    if (pathname.endsWith('/search')) return Promise.resolve(new Response(this.#search(searchParams)));
    if (pathname.endsWith('/stream')) return Promise.resolve(new Response(this.#live()));
    const [first = 1, last = 1] = (searchParams.get('lines') ?? '').split('-').map(Number);
    const text = this.#lines
      .slice(first - 1, last)
      .map((line) => `${line}\n`)
      .join('');
    const headers = {
      'content-length': String(text.length),
      'x-log-lines': String(this.#lines.length),
      'x-log-size': '0',
    };
    return Promise.resolve(new Response(text, { headers }));
  };

  #search(query: URLSearchParams): string {
    const pattern = new RegExp(query.get('q') ?? '', query.get('case') === 'true' ? '' : 'i');
    const from = Number(query.get('from_line'));
    const lines = this.#lines.flatMap((line, index) => {
      return index + 1 >= from && pattern.test(line.replace(/^(\[.*?\] ){3}/, '')) ? [index + 1] : [];
    });
    return frame('found', { lines, searched_to: this.#lines.length }) + frame('end', { count: lines.length });
  }

  #live(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
        this.#send('status', { status: 'running' });
        if (this.complete) this.end();
      },
    });
  }

  #send(event: string, data: unknown): void {
    this.#stream?.enqueue(new TextEncoder().encode(frame(event, data)));
  }
}

function frame(event: string, data: unknown): string {
  return `id: 1\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
