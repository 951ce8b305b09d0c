export interface ServerSentEvent {
  readonly event: string;
  readonly id?: string;
  /** One line. */
  readonly data: string;
}

export function frame({ event, id, data }: ServerSentEvent): Buffer {
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`);
}
