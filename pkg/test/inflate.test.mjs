// Where Node can't help, the package inflates its modules itself: whatever zlib writes comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateRawSync } from 'node:zlib';
import { core } from '../dist/esm/embedded/core.js';
import { bytesOf, inflate } from '../dist/esm/inflate.js';

const module = Buffer.from(bytesOf(core));

test('blocks of every kind', () => {
  const { Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
  const texts = [module, Buffer.alloc(0), Buffer.from('p'), Buffer.alloc(100_000, 'payments-checkout')];
  for (const bytes of texts) {
    for (const level of [0, 1, 6, 9]) {
      for (const strategy of [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE]) {
        const inflated = inflate(deflateRawSync(bytes, { level, strategy }), bytes.length);
        assert.ok(bytes.equals(inflated), `${bytes.length} bytes, level ${level}, strategy ${strategy}`);
      }
    }
  }
});

test('stored blocks between others', () => {
  const noise = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * index * 7919) >> 5));
  const bytes = Buffer.concat([module.subarray(0, 20_000), noise, module.subarray(20_000, 50_000)]);
  assert.ok(bytes.equals(inflate(deflateRawSync(bytes, { memLevel: 1 }), bytes.length)));
});

test('the module is the same with and without Node', () => {
  const { Buffer: hidden } = globalThis;
  try {
    globalThis.Buffer = undefined;
    assert.deepEqual(new Uint8Array(bytesOf(core)), new Uint8Array(module));
  } finally {
    globalThis.Buffer = hidden;
  }
});
