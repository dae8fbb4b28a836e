// What the actions of Backstage's registry share: who calls is settled as in the HTTP API, and so is what they may.
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { requestCreatePermission } from '@berth/plugin-platform-common';
import type { ActorResolver, Caller } from '../actor';
import type { Access } from '../permissions';
import type { RequestService } from '../requests/RequestService';

/** What the actions work with. */
export interface ActionMeans {
  registry: Pick<ActionsRegistryService, 'register'>;
  actors: Pick<ActorResolver, 'resolveCredentials'>;
  access: Pick<Access, 'assertMay' | 'assertSees'>;
  requests: Pick<RequestService, 'decide' | 'find' | 'plan' | 'steps'>;
}

/** None of them changes anything; they show to those who may ask for something. */
export const readOnly = {
  attributes: { readOnly: true, destructive: false, idempotent: true },
  visibilityPermission: requestCreatePermission,
} as const;

/** @throws NotAllowedError for a caller who may not ask for anything: the registry shows an action by permission, and so must it run */
export async function callerWhoMayAsk({ actors, access }: ActionMeans, credentials: BackstageCredentials): Promise<Caller> {
  const caller = await actors.resolveCredentials(credentials);
  await access.assertMay(caller, requestCreatePermission);
  return caller;
}
