export interface Team {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** Members of a global admin team may do everything on every pipeline. */
  readonly globalAdmin: boolean;
  /** User names. */
  readonly members: readonly string[];
}
