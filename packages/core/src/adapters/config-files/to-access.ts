import type { Team } from '../../domain/access/team.js';
import type { User } from '../../domain/access/user.js';
import type { TeamSpec, UserSpec } from './schemas/access-specs.js';

export function toUser(name: string, spec: UserSpec): User {
  return {
    id: name,
    name,
    email: spec.email,
    displayName: spec.display_name,
    passwordHash: spec.password_hash,
    oidcSubject: spec.oidc_subject,
  };
}

export function toTeam(name: string, spec: TeamSpec): Team {
  return {
    id: name,
    name,
    description: spec.description,
    globalAdmin: spec.global_admin ?? false,
    members: spec.members ?? [],
  };
}
