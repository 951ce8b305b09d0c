import { isDanubeError } from '@danube/plugin-api';

export type PluginAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly blamesInput: boolean };

/** Calls a plugin about a delivery. `blamesInput`: the delivery itself is wrong, so that calling again is no use. */
export function callPlugin<T>(call: () => T): PluginAnswer<T> {
  try {
    return { ok: true, value: call() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, reason, blamesInput: isDanubeError(error) && error.category === 'invalid' };
  }
}
