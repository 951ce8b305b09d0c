import { createHash, createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { Ed25519Signer } from './ed25519-signer.js';
import { Sha256ContentHasher } from './sha256-content-hasher.js';

/** RFC 8032, 7.1, test 2: its seed as PKCS #8. */
const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const seed = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
const key = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' });

test('signs as RFC 8032 says, 64 bytes, the same ones each time', () => {
  const signer = new Ed25519Signer(key);
  const signature = signer.sign(Buffer.from('72', 'hex'));
  expect(Buffer.from(signature).toString('hex')).toBe(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(signer.sign(Buffer.from('72', 'hex'))).toEqual(signature);
  expect(verify(null, Buffer.from('72', 'hex'), signer.publicKeyPem, signature)).toBe(true);
  expect(verify(null, Buffer.from('73', 'hex'), signer.publicKeyPem, signature)).toBe(false);
});

test('the id of the key is the digest of its public half', () => {
  const signer = new Ed25519Signer(key);
  const der = createPublicKey(signer.publicKeyPem).export({ type: 'spki', format: 'der' });
  expect(signer.keyId).toBe(createHash('sha256').update(der).digest('hex'));
});

test('content is hashed whatever its pieces are', async () => {
  const hasher = new Sha256ContentHasher();
  expect(await hasher.sha256([Buffer.from('a'), Buffer.from('bc')])).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(await hasher.sha256([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
