import { expect, test } from 'vitest';
import { cidrContains, isAddress, isCidr } from './cidr.js';

test.each([
  ['10.0.0.0/8', true],
  ['0.0.0.0/0', true],
  ['10.1.2.3/32', true],
  ['fd00::/8', true],
  ['::/0', true],
  ['2001:db8:0:0:0:0:0:1/128', true],
  ['10.0.0.0', false],
  ['10.0.0.0/33', false],
  ['10.0.0/8', false],
  ['10.0.0.256/8', false],
  ['010.0.0.0/8', false],
  ['fd00::/129', false],
  ['fd00::1::2/64', false],
  ['fd00/8', false],
  ['1:2:3:4:5:6:7::8/64', false],
  ['example.com/8', false],
  ['', false],
])('%j is a network: %j', (text, expected) => {
  expect(isCidr(text)).toBe(expected);
});

test.each([
  ['10.1.2.3', true],
  ['::1', true],
  ['fe80::a', true],
  ['10.1.2', false],
  ['host', false],
])('%j is an address: %j', (text, expected) => {
  expect(isAddress(text)).toBe(expected);
});

test.each([
  ['10.0.0.0/8', '10.255.0.0/16', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/16', '10.0.0.0/8', false],
  ['10.0.0.0/8', '11.0.0.0/16', false],
  ['0.0.0.0/0', '1.2.3.4/32', true],
  ['::/0', '1.2.3.4/32', false],
  ['fd00::/8', 'fdff:1::/64', true],
  ['fd00::/8', 'fe00::/64', false],
])('%s contains %s: %j', (outer, inner, expected) => {
  expect(cidrContains(outer, inner)).toBe(expected);
});
