// The policy of a form that is open: loaded when it is first needed, and asked for again now and then and when somebody comes back to it.
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useSyncExternalStore } from 'react';
import { platformApiRef } from '../../api';
import { policySourceOf, type PolicySource, type PolicyState } from './PolicySource';

const EVERY_MS = 60_000;

export function usePolicy(): { state: PolicyState; source: PolicySource } {
  const source = policySourceOf(useApi(platformApiRef), useApi(identityApiRef));
  const state = useSyncExternalStore(source.subscribe, source.state);

  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') {
        source.refresh();
      }
    };
    ask();
    const timer = setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [source]);

  return { state, source };
}
