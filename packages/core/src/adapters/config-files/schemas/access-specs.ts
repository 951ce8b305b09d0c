import { listOf, name, object, pattern, text } from './common.js';

export interface UserSpec {
  readonly email: string;
  readonly display_name?: string;
  readonly password_hash?: string;
  readonly oidc_subject?: string;
}

export interface TeamSpec {
  readonly description?: string;
  readonly members?: readonly string[];
  readonly global_admin?: boolean;
}

export const userSpecSchema = object(
  {
    email: pattern('^[^\\s@]+@[^\\s@]+$', 'an email address', 'Email address, unique on the instance.'),
    display_name: text('Name as people read it. Default: the user name.', 200),
    password_hash: {
      ...pattern(
        '^\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}$',
        'a bcrypt hash that begins with $2a$, $2b$ or $2y$; never the password itself',
        'bcrypt hash of the password for the local login. Default: no local login.',
      ),
      writeOnly: true,
    },
    oidc_subject: text('Subject (`sub`) that the OpenID Connect provider gives this user.'),
  },
  ['email'],
  'A person who may log in.',
);

export const teamSpecSchema = object(
  {
    description: text('What the team is for.'),
    members: { ...listOf(name('A user name.'), 'Names of users. Default: none.', 10_000), uniqueItems: true },
    global_admin: {
      type: 'boolean',
      description: 'Whether members may do everything on every pipeline. Default: false.',
    },
  },
  [],
  'A group of users that owns pipelines or is given permissions on them.',
);
