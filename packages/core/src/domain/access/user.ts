export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly displayName: string | undefined;
  /** bcrypt hash for the local password login. */
  readonly passwordHash: string | undefined;
  readonly oidcSubject: string | undefined;
}
