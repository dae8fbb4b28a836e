// What stands: the namespaces of my teams, or of all where I may see them.
import { useMemo } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, SearchField, Select } from '@backstage/ui';
import type { UnmanagedNamespace } from '@berth/plugin-platform-common';
import { useSearchParams } from 'react-router-dom';
import { platformApiRef, type PlatformApi, type StandingNamespace } from '../api';
import { useRequestChanges, useResource } from '../live';
import { EmptyState, formatMoney, LoadingState, ProblemNote, ProblemState, Screen } from '../parts';
import { adoptRouteRef, newRequestRouteRef } from '../routes';
import { NamespaceRow } from './NamespaceRow';
import styles from './NamespacesPage.module.css';
import { UnmanagedList } from './UnmanagedList';

/** Nobody reads more than these; the search goes over them. */
const MOST_PAGES = 10;

export function NamespacesPage() {
  const api = useApi(platformApiRef);
  const newRequest = useRouteRef(newRequestRouteRef)?.();
  const adopt = useRouteRef(adoptRouteRef)?.();
  const [parameters, setParameters] = useSearchParams();
  const list = useResource('namespaces', () => readAll(api));
  const documents = useResource('documents', () => api.documents());
  useRequestChanges(() => list.refresh());

  const name = parameters.get('name') ?? '';
  const team = parameters.get('team') ?? '';
  const change = (key: string, value: string) =>
    setParameters(
      last => {
        const next = new URLSearchParams(last);
        if (value) {
          next.set(key, value);
        } else {
          next.delete(key);
        }
        return next;
      },
      { replace: true },
    );

  const value = list.value?.items;
  const unmanaged = list.value?.unmanaged ?? [];
  const teams = useMemo(() => [...new Set((value ?? []).map(item => item.team))].sort(), [value]);
  const shown = (value ?? []).filter(item => item.name.includes(name.toLowerCase()) && (!team || item.team === team));
  const ask = newRequest && (
    <ButtonLink variant="primary" href={newRequest}>
      Request a namespace
    </ButtonLink>
  );
  // Who sees all of the documents looks after the platform.
  const mayAdopt = documents.value?.cut === false && adopt !== undefined;
  const actions = (
    <>
      {mayAdopt && (
        <ButtonLink variant="secondary" href={adopt}>
          Adopt a namespace
        </ButtonLink>
      )}
      {ask}
    </>
  );

  return (
    <Screen title="Namespaces" lead={value && value.length > 0 ? totalWords(shown) : 'What stands, what it uses and what it costs.'} actions={actions}>
      {value && value.length > 0 && (
        <div className={styles.filters} role="search" aria-label="Filter namespaces">
          <div className={styles.search}>
            <SearchField aria-label="Part of the name" placeholder="Part of the name" size="small" value={name} onChange={text => change('name', text)} />
          </div>
          {teams.length > 1 && (
            <div className={styles.team}>
              <Select
                aria-label="Team"
                size="small"
                options={[{ value: '', label: 'Every team' }, ...teams.map(one => ({ value: one, label: one }))]}
                value={team}
                onChange={next => change('team', String(next ?? ''))}
              />
            </div>
          )}
        </div>
      )}
      {list.isLoading && <LoadingState label="Namespaces are loading" height={76} />}
      {list.error !== undefined && value && <ProblemNote error={list.error} onRetry={list.refresh} />}
      {list.error !== undefined && !value && <ProblemState error={list.error} onRetry={list.refresh} />}
      {value?.length === 0 && (
        <EmptyState title="Nothing stands yet" action={ask}>
          A namespace is here as soon as it is ready, with what it uses, what it costs and how long it stays. Those of other teams are
          seen by them and by the platform team.
        </EmptyState>
      )}
      {value && value.length > 0 && shown.length === 0 && <EmptyState title="No namespace fits">None of them has this name and team together.</EmptyState>}
      {shown.length > 0 && (
        <ul className={styles.list} aria-label="Namespaces">
          {shown.map(item => (
            <NamespaceRow key={`${item.cluster} ${item.name}`} namespace={item} />
          ))}
        </ul>
      )}
      {unmanaged.length > 0 && <UnmanagedList items={unmanaged} />}
    </Screen>
  );
}

interface AllNamespaces {
  items: StandingNamespace[];
  unmanaged: UnmanagedNamespace[];
}

async function readAll(api: PlatformApi): Promise<AllNamespaces> {
  const all: StandingNamespace[] = [];
  const unmanaged: UnmanagedNamespace[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && (page === 0 || cursor); page += 1) {
    const { items, unmanaged: found = [], nextCursor } = await api.namespaces({ limit: 200, ...(cursor && { cursor }) });
    all.push(...items);
    unmanaged.push(...found);
    cursor = nextCursor;
  }
  return { items: all.filter(item => item.state !== 'gone').sort((a, b) => a.name.localeCompare(b.name)), unmanaged };
}

function totalWords(items: StandingNamespace[]): string {
  const costs = new Map<string, number>();
  for (const { cost } of items) {
    costs.set(cost.currency, (costs.get(cost.currency) ?? 0) + cost.monthly);
  }
  const cost = [...costs].map(([currency, minor]) => formatMoney(minor, currency)).join(' and ');
  const count = `${items.length} ${items.length === 1 ? 'namespace' : 'namespaces'}`;
  return cost ? `${count}, ${cost} a month.` : `${count}.`;
}
