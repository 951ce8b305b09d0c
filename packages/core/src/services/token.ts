import type { InjectionToken } from 'tsyringe';

/** What a parameter of that type is asked for by. */
export function token<T>(name: string): InjectionToken<T> {
  return Symbol(name);
}
