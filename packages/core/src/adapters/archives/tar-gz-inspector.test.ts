import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ArchiveLimits } from '../../services/ports/archive-inspector.js';
import { TarGzInspector } from './tar-gz-inspector.js';

const limits = { entries: 1000, unpackedBytes: 10_000_000 };

async function inspect(archive: Buffer, pieces = 1000, given: ArchiveLimits = limits) {
  async function* stream() {
    for (let at = 0; at < archive.length; at += pieces) {
      await Promise.resolve();
      yield archive.subarray(at, at + pieces);
    }
  }
  const { content, facts } = new TarGzInspector().inspect(stream(), given);
  const passed: Uint8Array[] = [];
  for await (const chunk of content) passed.push(chunk);
  return { passed: Buffer.concat(passed), ...facts() };
}

/** A tar as Python's standard library writes it; entries are `[name, TarInfo attributes, content]`. */
function tar(format: 'PAX' | 'GNU' | 'USTAR', ...entries: readonly (readonly [string, object?, string?])[]): Buffer {
  const program = `
import io, json, sys, tarfile
out = tarfile.open(fileobj=sys.stdout.buffer, mode="w|", format=getattr(tarfile, sys.argv[1] + "_FORMAT"))
for name, facts, content in json.load(sys.stdin):
    info = tarfile.TarInfo(name)
    data = content.encode()
    info.size = len(data)
    for key, value in facts.items():
        setattr(info, key, value.encode() if key == "type" else value)
    out.addfile(info, io.BytesIO(data))
out.close()`;
  const described = entries.map(([name, facts = {}, content = '']) => [name, facts, content]);
  return execFileSync('python3', ['-c', program, format], { input: JSON.stringify(described) });
}

const link = (linkname: string) => ({ type: '2', linkname });
const long = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(90)}`;

test.each(['PAX', 'GNU'] as const)('passes a sound archive on in %s form, whatever the pieces are', async (format) => {
  const archive = gzipSync(
    tar(
      format,
      ['bin', { type: '5', mode: 0o755 }],
      ['bin/tool', { mode: 0o755 }, 'x'.repeat(5000)],
      [long, {}, 'deep'],
      ['grüße/日本', {}, 'names'],
      ['latest', link('bin/tool')],
      ['bin/up', link('../bin/../bin'.slice(0, 6))],
      ['bin/self', link('..')],
      ['long-link', link(long)],
      ['empty'],
      ['.', { type: '5' }],
      ['./a//b/./c', {}, 'as tar writes it'],
    ),
  );
  const sha256 = createHash('sha256').update(archive).digest('hex');
  for (const pieces of [1, 511, 512, 1_000_000]) {
    expect(await inspect(archive, pieces)).toEqual({ passed: archive, sizeBytes: archive.length, sha256 });
  }
});

type Entry = readonly [string, object?, string?];
const refusals: readonly (readonly [string, RegExp, ...Entry[]])[] = [
  ['an absolute path', /"\/etc\/passwd": its path/, ['/etc/passwd', {}, 'x']],
  ['a path that leads out', /its path/, ['a/../../b', {}, 'x']],
  ['a path of nothing but ..', /its path/, ['..', { type: '5' }]],
  ['an absolute link', /leads out/, ['a', link('/etc')]],
  ['a link that leads out', /leads out/, ['a/b', link('../../c')]],
  ['a link with .. after a name', /leads out/, ['a/b', {}, 'x'], ['l', link('a/../..')]],
  ['a file beneath a link', /beneath the link "a"/, ['a', link('b')], ['a/c', {}, 'x']],
  ['a folder that becomes a link', /folder has the same path/, ['a/c', {}, 'x'], ['a', link('b')]],
  ['a link that becomes a file', /link has the same path/, ['a', link('b')], ['a', {}, 'x']],
  ['a file without a name', /no name/, ['./', {}, 'x']],
  ['a file beneath a link by another spelling', /beneath/, ['a', link('b')], ['./a/.//c', {}, 'x']],
  ['a hard link', /hard link/, ['a', {}, 'x'], ['b', { type: '1', linkname: 'a' }]],
  ['a device', /device/, ['a', { type: '3' }]],
  ['a block device', /device/, ['a', { type: '4' }]],
  ['a pipe', /pipe/, ['a', { type: '6' }]],
  ['an unknown kind', /no known kind/, ['a', { type: 'Z' }]],
  ['a path hidden in attributes', /its path/, ['a', { pax_headers: { path: '../evil' } }, 'x']],
  ['a link hidden in attributes', /leads out/, ['a', { ...link('b'), pax_headers: { linkpath: '/etc' } }]],
];

test.each(refusals.map(([what, message, ...entries]) => [what, message, entries] as const))(
  '%s is refused',
  async (_, message, entries) => {
    await expect(inspect(gzipSync(tar('PAX', ...entries)))).rejects.toMatchObject({
      code: 'artifact_archive_refused',
      message: expect.stringMatching(message) as string,
    });
  },
);

/** Raw blocks of attributes, `[type, content]` each. */
type Attributes = readonly (readonly [string, string])[];

/** A link `link -> harmless` behind these. */
function linkBehind(...attributes: Attributes): Buffer {
  const program = `
import json, sys, tarfile
def block(name, kind, content):
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, len(content), "harmless" if kind == b"2" else ""
    sys.stdout.buffer.write(info.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % 512))
for kind, content in json.load(sys.stdin):
    block("attributes", kind.encode(), content.encode())
block("link", b"2", b"")
sys.stdout.buffer.write(bytes(1024))`;
  return execFileSync('python3', ['-c', program], { input: JSON.stringify(attributes) });
}

test('attributes that are whole are read, in either form', async () => {
  const leadsOut = { code: 'artifact_archive_refused', message: expect.stringContaining('leads out') as string };
  for (const attributes of [
    ['x', '24 linkpath=/etc/passwd\n'],
    ['K', '/etc/passwd\0'],
  ] as const) {
    await expect(inspect(gzipSync(linkBehind(attributes)))).rejects.toMatchObject(leadsOut);
  }
  await inspect(gzipSync(linkBehind(['x', '15 linkpath=ok\n'])));
});

test.each([
  ['a blank before the length, which GNU tar skips', ['x', ' 25 linkpath=/etc/passwd\n']],
  ['a length in hexadecimal', ['x', '0x1a linkpath=/etc/passwd\n']],
  ['a length with an exponent', ['x', '26e0 linkpath=/etc/passwd\n']],
  ['a record that does not end with its line', ['x', '23 linkpath=/etc/passwd\n']],
  ['a record without a value', ['x', '3 a\n24 linkpath=/etc/passwd\n']],
] as const)('%s hides nothing', async (_, attributes) => {
  await expect(inspect(gzipSync(linkBehind(attributes)))).rejects.toMatchObject({
    code: 'artifact_archive_invalid',
    message: expect.stringContaining('attributes of an entry are malformed') as string,
  });
});

const hidingPlaces: readonly (readonly [string, RegExp, Attributes])[] = [
  [
    'two forms',
    /linkpath of an entry twice/,
    [
      ['x', '24 linkpath=/etc/passwd\n'],
      ['K', 'harmless\0'],
    ],
  ],
  ['a sparse file', /sparse file/, [['x', '27 GNU.sparse.name=../evil\n']]],
  ['those for all that follows', /no known kind/, [['g', '24 linkpath=/etc/passwd\n']]],
];

test.each(hidingPlaces)('attributes in %s cannot hide where an entry leads to', async (_, message, attributes) => {
  await expect(inspect(gzipSync(linkBehind(...attributes)))).rejects.toMatchObject({
    code: 'artifact_archive_refused',
    message: expect.stringMatching(message) as string,
  });
});

test('what is cut off, damaged or no archive is told apart from a whole one', async () => {
  const good = tar('PAX', ['a', {}, 'x'.repeat(3000)]);
  const packed = gzipSync(good);
  const damaged = Buffer.from(good);
  damaged[1] = 0x7a;
  const archives = [
    packed.subarray(0, -4),
    packed.subarray(0, 20),
    Buffer.alloc(0),
    good,
    Buffer.from('no archive at all'),
    gzipSync(good.subarray(0, 2048)),
    gzipSync(Buffer.from('text '.repeat(1000))),
    gzipSync(damaged),
  ];
  for (const archive of archives) {
    await expect(inspect(archive)).rejects.toMatchObject({ code: 'artifact_archive_invalid', category: 'invalid' });
  }
});

test('limits end a bomb while it comes in', async () => {
  const bomb = gzipSync(tar('PAX', ['zeros', {}, '0'.repeat(500_000)]));
  await expect(inspect(bomb, 1000, { ...limits, unpackedBytes: 499_999 })).rejects.toThrow(
    'unpacks to more than 499999 bytes',
  );
  const many = gzipSync(tar('PAX', ...Array.from({ length: 11 }, (_, n) => [`f${n}`] as const)));
  await expect(inspect(many, 1000, { ...limits, entries: 10 })).rejects.toThrow('more than 10 files');
});
