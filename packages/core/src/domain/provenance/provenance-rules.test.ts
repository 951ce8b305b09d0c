import { expect, test } from 'vitest';
import { builderId, slsaBuildLevel } from './build-mode.js';
import { preAuthenticationEncoding } from './dsse.js';
import { gitFileUri, gitUri, imageResource } from './resource-uris.js';

test.each([
  ['https://github.com/org/app.git', 'git+https://github.com/org/app.git@refs/heads/main'],
  ['git@github.com:org/app.git', 'git+ssh://git@github.com/org/app.git@refs/heads/main'],
  ['ssh://git@host:2222/app', 'git+ssh://git@host:2222/app@refs/heads/main'],
  ['[::1]:app', 'git+ssh://[::1]/app@refs/heads/main'],
  ['/srv/git/app', 'git+file:///srv/git/app@refs/heads/main'],
  ['/srv/my git/app', 'git+file:///srv/my%20git/app@refs/heads/main'],
  ['file:///srv/git/app', 'git+file:///srv/git/app@refs/heads/main'],
])('%s is written as %s', (url, expected) => {
  expect(gitUri(url, 'refs/heads/main')).toBe(expected);
  expect(URL.canParse(expected)).toBe(true);
});

test('names of branches and files may hold anything', () => {
  const source = gitUri('https://host/app', 'refs/heads/fix/#1 ä');
  expect(source).toBe('git+https://host/app@refs/heads/fix/%231%20%C3%A4');
  expect(gitFileUri(source, 'ci/a b.py')).toBe(`${source}#ci/a%20b.py`);
});

test('the digest of an image is known where its name holds it', () => {
  const sha256 = 'ab'.repeat(32);
  expect(imageResource(`ghcr.io/o/i:1@sha256:${sha256}`)).toEqual({
    uri: `oci://ghcr.io/o/i:1@sha256:${sha256}`,
    digest: { sha256 },
  });
  expect(imageResource('node:20')).toEqual({ uri: 'oci://node:20' });
});

test('the encoding that is signed is that of the specification', () => {
  const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
  expect(Buffer.from(encoded).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  expect(Buffer.from(preAuthenticationEncoding('é', Buffer.from([0, 255]))).toString('latin1')).toBe(
    'DSSEv1 2 \u00c3\u00a9 2 \u0000\u00ff',
  );
});

test.each([
  ['none', 1],
  ['user', 2],
  ['bubblewrap', 2],
  ['kubernetes-insecure', 2],
  ['kubernetes', 3],
  ['toString', undefined],
])('%s meets what level %s demands', (mode, level) => {
  expect(slsaBuildLevel(mode)).toBe(level);
});

test('each mode is a builder of its own', () => {
  expect(builderId('https://danube.example.com', 'bubblewrap')).toBe('https://danube.example.com#bubblewrap');
});
