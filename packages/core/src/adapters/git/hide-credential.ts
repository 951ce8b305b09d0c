import type { GitCredential } from '@danube/plugin-api';
import { valueForms } from '../../domain/masking/value-forms.js';

/** Every text that gives the credential away in what a server says. */
export function credentialForms(credential: GitCredential | undefined): readonly string[] {
  if (credential?.kind !== 'https') return [];
  const password = credential.password.reveal();
  const forms = [`${credential.username}:${password}`, password].flatMap(valueForms);
  return forms.toSorted((one, other) => other.length - one.length);
}

/** What git says, without what it was told: a server may repeat in its answer what it was sent. */
export function hideCredential(text: string, credential: GitCredential | undefined): string {
  return credentialForms(credential).reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
}
