// Who looks at the page, and what they belong to.
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
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
