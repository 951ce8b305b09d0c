import { expect, test } from 'vitest';
import { submoduleSource } from './submodule-url.js';

test.each([
  ['https://host/team/app.git', '../lib.git', 'https://host/team/lib.git'],
  ['https://host/team/app/', '../../other/lib', 'https://host/other/lib'],
  ['https://host/team/app', './nested', 'https://host/team/app/nested'],
  ['https://host/app', '../../../../lib', 'https://host/lib'],
  ['git@host:team/app.git', '../lib.git', 'git@host:team/lib.git'],
  ['ssh://git@host:2222/team/app', '../lib', 'ssh://git@host:2222/team/lib'],
  ['file:///srv/app', '../lib', 'file:///srv/lib'],
  ['/srv/app', '../lib', '/srv/lib'],
])('in %s, %s is %s on the same server', (parent, written, url) => {
  expect(submoduleSource(parent, written)).toEqual({ url, sameServer: true });
});

test.each([
  ['https://host/app', 'https://host/lib', 'https://host/lib', true],
  ['https://host/app', 'https://HOST:443/lib', 'https://HOST:443/lib', true],
  ['https://host/app', 'https://host:8443/lib', 'https://host:8443/lib', false],
  ['https://host/app', 'http://host/lib', 'http://host/lib', false],
  ['https://host/app', 'https://host.evil/lib', 'https://host.evil/lib', false],
  ['https://host/app', 'git@host:team/lib.git', 'https://host/team/lib.git', true],
  ['https://host/app', 'ssh://git@host/team/lib.git', 'https://host/team/lib.git', true],
  ['https://host/app', 'git@other:team/lib.git', 'git@other:team/lib.git', false],
  ['https://host/app', 'ssh://git@host:2222/lib', 'ssh://git@host:2222/lib', false],
  ['git@host:app', 'ssh://git@HOST/lib', 'ssh://git@HOST/lib', true],
  ['git@host:app', 'git@other:lib', 'git@other:lib', false],
  ['ssh://git@host:2222/app', 'git@host:lib', 'git@host:lib', false],
])('in %s, %s is read at %s; same server: %s', (parent, written, url, sameServer) => {
  expect(submoduleSource(parent, written)).toEqual({ url, sameServer });
});

test.each([
  ['https://host/app', 'file:///etc'],
  ['https://host/app', '/etc'],
  ['git@host:app', '/etc'],
  ['https://host/app', 'ext::sh -c x'],
  ['https://host/app', '-x'],
  ['https://host/app', '../-x\n'],
  ['git@host:app', '../../..'],
  ['https://host/app', ''],
])('in %s, "%s" is refused', (parent, written) => {
  expect(() => submoduleSource(parent, written)).toThrow(/URL/);
});
