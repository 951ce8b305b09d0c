import type { Context } from 'koa';
import type { Static, TObject, TSchema } from 'typebox';
import type { Identity } from '../../../services/access/identity.js';
import type { HttpDependencies } from '../http-dependencies.js';
import type { ServerState } from '../server-state.js';

/** One request that has passed authentication and validation. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Undefined on open routes only. */
  readonly identity: Identity | undefined;
  readonly deps: HttpDependencies;
  readonly server: ServerState;
  readonly ctx: Context;
}

export interface RouteResponse {
  readonly description: string;
  /** Media type; `application/json` unless said otherwise. */
  readonly type?: string;
  /** Undefined: no body. */
  readonly schema?: TSchema;
}

/** One entry of the route table: the router, the validation and the OpenAPI document are all made from it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` for parameters. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly auth: 'required' | 'none' | 'unless_metrics_public';
  /** The answer lasts as long as somebody listens, so its duration says nothing about speed. */
  readonly streaming?: boolean;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly headers?: TObject;
  readonly body?: { readonly schema: TObject; readonly required: boolean };
  /** The body is of any type, and the handler reads it. */
  readonly rawBody?: true;
  readonly responses: Readonly<Record<number, RouteResponse>>;
  /** Sets status and body of `ctx`, or throws. */
  readonly handle: (call: Call) => Promise<void> | void;
}

type Nothing = Record<string, never>;
type Shape<S> = S extends TObject ? Static<S> : Nothing;

interface TypedRoute<P, Q, B> extends Omit<Route, 'params' | 'query' | 'body' | 'handle'> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: { readonly schema: B; readonly required: boolean };
  readonly handle: (call: Call<Shape<P>, Shape<Q>, Shape<B>>) => Promise<void> | void;
}

/** Ties the types that a handler sees to the schemas that its requests are checked against. */
export function defineRoute<
  P extends TObject | undefined = undefined,
  Q extends TObject | undefined = undefined,
  B extends TObject | undefined = undefined,
>(route: TypedRoute<P, Q, B>): Route {
  return route as unknown as Route;
}
