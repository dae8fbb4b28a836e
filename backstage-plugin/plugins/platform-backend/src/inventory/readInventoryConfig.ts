/** Which clusters can be read, and how: `berth.clusters.<name>.inventory`. */
import { InputError } from '@backstage/errors';
import type { BerthConfig } from '../config';

/** A cluster, with an account that may read it. */
export interface ClusterAccess {
  cluster: string;
  url: string;
  token?: string;
  tokenFile?: string;
  caFile?: string;
  timeoutMs: number;
  /** How often it is read. */
  intervalSeconds: number;
}

/** How long one call may take. */
const TIMEOUT_MS = 30_000;

/**
 * Those that have an account, in alphabetical order.
 *
 * @throws InputError for one that has two tokens, or that sends its token in the clear
 */
export function readInventoryConfig({ clusters }: Pick<BerthConfig, 'clusters'>): ClusterAccess[] {
  return Object.entries(clusters)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([cluster, { inventory }]) => (inventory === undefined ? [] : [accessOf(cluster, inventory)]));
}

function accessOf(cluster: string, inventory: NonNullable<BerthConfig['clusters'][string]['inventory']>): ClusterAccess {
  const { url, token, tokenFile, caFile, intervalSeconds } = inventory;
  const key = `\`berth.clusters.${cluster}.inventory\``;
  if (token !== undefined && tokenFile !== undefined) {
    throw new InputError(`${key} has both \`token\` and \`tokenFile\`: keep one of them`);
  }
  const { protocol, hostname } = new URL(url);
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && !isLoopback) {
    throw new InputError(`${key} would send its token in the clear: \`url\` must begin with \`https://\``);
  }
  return { cluster, url: url.replace(/\/+$/, ''), token, tokenFile, caFile, timeoutMs: TIMEOUT_MS, intervalSeconds };
}
