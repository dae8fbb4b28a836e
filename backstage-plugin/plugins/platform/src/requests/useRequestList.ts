// The requests of a list, page by page, kept up to date: what changes is changed in place, what is new comes at the top.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { platformApiRef, type RequestQuery } from '../api';
import { useRequestChanges } from '../live';

/** Enough for the highest screen, and few enough to be there at once. */
const FIRST_PAGE = 60;
/** The most that the API gives. */
const NEXT_PAGE = 200;
/** More changes than these at once are read page by page. */
const MOST_BY_ID = 10;

export interface RequestList {
  items: RequestDetail[];
  isLoading: boolean;
  hasMore: boolean;
  error?: unknown;
  /** Loads the next page, if there is one and it isn't on its way. */
  loadMore(): void;
  reload(): void;
}

interface State {
  key: string;
  items: RequestDetail[];
  cursor?: string;
  isLoaded: boolean;
  error?: unknown;
}

/** @param query - without `cursor` and `limit`: those are this file's matter */
export function useRequestList(query: RequestQuery): RequestList {
  const api = useApi(platformApiRef);
  const key = JSON.stringify(query);
  const [state, setState] = useState<State>({ key, items: [], isLoaded: false });
  const shown = state.key === key ? state : { key, items: [], isLoaded: false };
  const now = useRef({ key, query, isAsking: false, shown });
  Object.assign(now.current, { key, query, shown });

  /** Asks, and drops the answer when something else is looked at meanwhile. */
  const ask = useCallback(
    async (options: { cursor?: string; limit: number }, take: (page: { items: RequestDetail[]; nextCursor?: string }, last: State) => State) => {
      const asked = now.current.key;
      const change = (make: (last: State) => State) =>
        now.current.key === asked &&
        setState(last => make(last.key === asked ? last : { key: asked, items: [], isLoaded: false }));
      try {
        const page = await api.requests({ ...now.current.query, ...options });
        change(last => take(page, last));
      } catch (error) {
        change(last => ({ ...last, error }));
      }
    },
    [api],
  );

  const readFirst = useCallback(
    () =>
      ask({ limit: FIRST_PAGE }, ({ items, nextCursor }, last) => {
        const read = new Set(items.map(item => item.requestId));
        const end = items.at(-1);
        // What was read as far down stays; what fell out of the part that was read now is gone.
        const rest = nextCursor && end ? last.items.filter(item => !read.has(item.requestId) && isBehind(item, end)) : [];
        const cursor = rest.length > 0 ? last.cursor : nextCursor;
        return { key: last.key, items: [...items, ...rest], isLoaded: true, ...(cursor && { cursor }) };
      }),
    [ask],
  );

  useEffect(() => {
    readFirst();
  }, [key, readFirst]);

  const loadMore = useCallback(async () => {
    const { shown: from, isAsking } = now.current;
    if (isAsking || from.cursor === undefined) {
      return;
    }
    now.current.isAsking = true;
    await ask({ cursor: from.cursor, limit: NEXT_PAGE }, ({ items, nextCursor }, last) => {
      const known = new Set(last.items.map(item => item.requestId));
      const added = items.filter(item => !known.has(item.requestId));
      return { key: last.key, items: [...last.items, ...added], isLoaded: true, ...(nextCursor && { cursor: nextCursor }) };
    });
    now.current.isAsking = false;
  }, [ask]);

  useRequestChanges(async requestIds => {
    readFirst();
    const { key: asked, shown: from } = now.current;
    // The first page is read anyway; what stands further down is read one by one.
    const below = from.items.slice(FIRST_PAGE).filter(item => requestIds?.includes(item.requestId));
    const read = await Promise.allSettled(below.slice(0, MOST_BY_ID).map(item => api.request(item.requestId)));
    const changed = new Map(read.flatMap(one => (one.status === 'fulfilled' ? [[one.value.requestId, one.value]] : [])));
    if (changed.size > 0 && now.current.key === asked) {
      setState(last => ({ ...last, items: last.items.map(item => changed.get(item.requestId) ?? item) }));
    }
  });

  return {
    items: shown.items,
    isLoading: !shown.isLoaded && shown.error === undefined,
    hasMore: shown.cursor !== undefined,
    ...(shown.error !== undefined && { error: shown.error }),
    loadMore,
    reload: readFirst,
  };
}

/** Lists go from the newest to the oldest; of two of one moment, by id. */
function isBehind(item: RequestDetail, end: RequestDetail): boolean {
  return item.createdAt < end.createdAt || (item.createdAt === end.createdAt && item.requestId < end.requestId);
}
