// What the actions of Backstage's registry share: who calls is settled as in the HTTP API, and so is what they may.
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { requestCreatePermission } from '@berth/plugin-platform-common';
import type { ActorResolver, Caller } from '../actor';
import type { RateLimits } from '../http/RateLimits';
import type { Access } from '../permissions';
import type { RequestService } from '../requests/RequestService';

/** What the actions work with. */
export interface ActionMeans {
  registry: Pick<ActionsRegistryService, 'register'>;
  actors: Pick<ActorResolver, 'resolveCredentials'>;
  access: Pick<Access, 'assertMay' | 'assertSees'>;
  limits: Pick<RateLimits, 'consume'>;
  requests: Pick<RequestService, 'decide' | 'find' | 'plan' | 'steps'>;
}

/** None of them changes anything; they show to those who may ask for something. */
export const readOnly = {
  attributes: { readOnly: true, destructive: false, idempotent: true },
  visibilityPermission: requestCreatePermission,
} as const;

/**
 * Who calls; the call counts as `kind`, like the same one over HTTP.
 *
 * @throws NotAllowedError for a caller who may not ask for anything: the registry shows an action by permission, and so must it run;
 *   TooManyRequestsError
 */
export async function callerWhoMayAsk(
  { actors, access, limits }: ActionMeans,
  credentials: BackstageCredentials,
  kind: 'read' | 'write',
): Promise<Caller> {
  const caller = await actors.resolveCredentials(credentials);
  await limits.consume(kind, caller.actor);
  await access.assertMay(caller, requestCreatePermission);
  return caller;
}
