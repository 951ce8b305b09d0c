export interface StreamEvent {
  readonly event: string;
  /** Undefined where the event has none. */
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * The server-sent events of an answer as they come. `heard` is called with every sign of life, also with the comments
 * that only keep the connection open.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  heard: () => void = () => undefined,
): AsyncGenerator<StreamEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      const frames = (rest + value).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const event = field(frame, 'event');
        if (event !== undefined) yield { event, id: field(frame, 'id'), data: field(frame, 'data') ?? '' };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function field(frame: string, name: string): string | undefined {
  return frame
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);
}
