import { DanubeError } from '@danube/plugin-api';

export function forgeNotEnabled(name: string, enabled: readonly string[]): DanubeError {
  const known = enabled.length === 0 ? 'none is' : enabled.map((one) => `"${one}"`).join(', ');
  return new DanubeError(
    'forge_not_enabled',
    `no forge "${name.slice(0, 100)}" is enabled; enabled: ${known}. Forges are entries of \`forges\` in config.yaml`,
    { category: 'not_found', details: { enabled } },
  );
}

/** Never answered with 200: the forge must know that it was not taken. */
export function deliveryNotStored(cause: unknown): DanubeError {
  const why = cause instanceof DanubeError ? `: ${cause.message}` : '';
  return new DanubeError('delivery_not_stored', `the delivery could not be stored; send it again${why}`, {
    category: 'unavailable',
    retryAfterMs: 10_000,
    cause,
  });
}

export function deliveryBacklogFull(limitBytes: number): DanubeError {
  return new DanubeError(
    'delivery_backlog_full',
    `more than ${limitBytes} bytes of deliveries wait to be worked on; send it again later`,
    { category: 'unavailable', retryAfterMs: 30_000, details: { limit_bytes: limitBytes } },
  );
}

export function deliveryNotFound(id: string): DanubeError {
  return new DanubeError('delivery_not_found', `there is no delivery "${id}"; retention may have removed it`, {
    category: 'not_found',
  });
}

export function deliveryNotReplayable(id: string): DanubeError {
  return new DanubeError(
    'delivery_not_replayable',
    `delivery "${id}" still waits to be worked on; there is nothing to repeat`,
    {
      category: 'conflict',
    },
  );
}
