// The filters of a list, kept in the address: a list can be sent to a colleague, and Back leads to it as it was.
import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { RequestStatus } from '@berth/plugin-platform-common';
import type { RequestQuery } from '../api';
import { STATUS_CHOICES } from './words';

export interface Filters {
  view?: 'mine' | 'team' | 'all';
  status?: RequestStatus;
  environment?: string;
  name?: string;
}

const VIEWS: readonly string[] = ['mine', 'team', 'all'];

export function useFilters(): [Filters, (change: Partial<Record<keyof Filters, string | undefined>>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const value = (name: keyof Filters) => parameters.get(name) || undefined;
  const view = value('view');
  const status = STATUS_CHOICES.find(choice => choice.value === value('status'))?.value;
  const filters: Filters = {
    ...(view && VIEWS.includes(view) && { view: view as Filters['view'] }),
    ...(status && { status }),
    environment: value('environment'),
    name: value('name'),
  };

  const change = useCallback(
    (changed: Partial<Record<keyof Filters, string | undefined>>) =>
      setParameters(
        last => {
          const next = new URLSearchParams(last);
          for (const [name, text] of Object.entries(changed)) {
            if (text) {
              next.set(name, text);
            } else {
              next.delete(name);
            }
          }
          return next;
        },
        { replace: true },
      ),
    [setParameters],
  );
  return [filters, change];
}

/** What the API is asked for. */
export function toQuery({ view = 'mine', ...rest }: Filters): RequestQuery {
  const query: RequestQuery = view === 'all' ? { ...rest } : { view, ...rest };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
