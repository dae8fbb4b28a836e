// My requests, my teams' and all that I may see.
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import { platformApiRef } from '../api';
import { useResource } from '../live';
import { EmptyState, LoadingState, ProblemNote, ProblemState, Screen } from '../parts';
import { newRequestRouteRef } from '../routes';
import { RequestFilters } from './RequestFilters';
import { RequestRows } from './RequestRows';
import { type Filters, toQuery, useFilters } from './useFilters';
import { useRequestList } from './useRequestList';

const NOTHING: Record<NonNullable<Filters['view']>, string> = {
  mine: 'You have asked for nothing yet. A namespace of your own is a minute away.',
  team: 'Nobody of your teams has asked for anything yet. What a colleague asks for will be here.',
  all: 'Nobody has asked for anything yet that you may see.',
};

export function RequestsPage() {
  const [filters, change] = useFilters();
  const list = useRequestList(toQuery(filters));
  const environments = useEnvironments();
  const newRequest = useRouteRef(newRequestRouteRef)?.();
  const isNarrowed = Boolean(filters.status || filters.environment || filters.name);
  const isEmpty = !list.isLoading && list.error === undefined && list.items.length === 0;
  const ask = newRequest && (
    <ButtonLink variant="primary" href={newRequest}>
      Request a namespace
    </ButtonLink>
  );

  return (
    <Screen title="Requests" lead="What was asked for, and how far it is. The list keeps itself up to date." actions={ask}>
      <RequestFilters filters={filters} onChange={change} environments={environments} />
      {list.error !== undefined && list.items.length > 0 && <ProblemNote error={list.error} onRetry={list.reload} />}
      {list.isLoading && <LoadingState label="Requests are loading" />}
      {list.items.length > 0 && <RequestRows {...list} label="Requests" />}
      {list.error !== undefined && list.items.length === 0 && <ProblemState error={list.error} onRetry={list.reload} />}
      {isEmpty && isNarrowed && (
        <EmptyState
          title="No request fits"
          action={
            <Button variant="secondary" onPress={() => change({ status: '', environment: '', name: '' })}>
              Take the filters away
            </Button>
          }
        >
          None of the requests here has this name, state and environment together.
        </EmptyState>
      )}
      {isEmpty && !isNarrowed && (
        <EmptyState title="Nothing here yet" action={ask}>
          {NOTHING[filters.view ?? 'mine']}
        </EmptyState>
      )}
    </Screen>
  );
}

/** Those of the platform document. */
export function useEnvironments(): string[] {
  const api = useApi(platformApiRef);
  const { value } = useResource('documents', () => api.documents());
  const spec = value?.platform.spec as { environments?: Record<string, unknown> } | undefined;
  return Object.keys(spec?.environments ?? {});
}
