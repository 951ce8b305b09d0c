/** Who makes a call, as far as Danube knows. */
export interface Identity {
  /** Stands in logs and as the actor of jobs, for example `admin`. */
  readonly name: string;
}
