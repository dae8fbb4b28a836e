// Which clusters can be read: what the configuration says, and what it may not.
import { ConfigReader } from '@backstage/config';
import { readBerthConfig } from '../config';
import { readInventoryConfig } from './readInventoryConfig';

const read = (inventory: object) => readInventoryConfig(readBerthConfig(new ConfigReader({ berth: { clusters: { main: { inventory } } } })));

it('reads an account of a cluster, and no more than that', () => {
  expect(read({ url: 'https://10.0.0.1:6443/', tokenFile: '/token', caFile: '/ca.crt' })).toEqual([
    { cluster: 'main', url: 'https://10.0.0.1:6443', tokenFile: '/token', caFile: '/ca.crt', timeoutMs: 30_000, intervalSeconds: 120 },
  ]);
  expect(readInventoryConfig({ clusters: { main: {} } })).toEqual([]);
});

it('refuses two tokens, a token in the clear, and keys that nobody reads', () => {
  expect(() => read({ url: 'https://10.0.0.1', token: 'a', tokenFile: '/b' })).toThrow(/both `token` and `tokenFile`/);
  expect(() => read({ url: 'http://10.0.0.1', token: 'a' })).toThrow(/in the clear/);
  expect(() => read({ url: 'https://10.0.0.1', tokenfile: '/b' })).toThrow('nobody reads `berth.clusters.main.inventory.tokenfile`: did you mean `tokenFile`?');
});
