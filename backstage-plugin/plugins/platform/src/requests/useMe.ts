// Who looks at the page, and what they belong to.
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { useResource } from '../live';

export interface Me {
  userEntityRef: string;
  ownershipEntityRefs: string[];
}

/** Nothing until it is known. */
export function useMe(): Me | undefined {
  const identity = useApi(identityApiRef);
  return useResource<Me>('me', () => identity.getBackstageIdentity()).value;
}

/** Have they asked for it, here or by a token that stands for them? */
export function isRequester({ requester }: Pick<RequestDetail, 'requester'>, me: Me | undefined): boolean {
  return me !== undefined && [requester.ref, requester.linkedRef].includes(me.userEntityRef);
}
