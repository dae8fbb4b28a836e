// Something that is loaded, and loaded again: what came last stays on the page while the next is on its way.
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Resource<T> {
  /** What came last; nothing before the first answer. */
  value?: T;
  /** Why the last try failed; what came before stays in `value`. */
  error?: unknown;
  /** Nothing came yet, neither a value nor an error. */
  isLoading: boolean;
  /** Asks again. Fulfilled when the answer is there, whichever it is. */
  refresh(): Promise<void>;
  /** Takes an answer that came by another way, such as that of an action. */
  set(value: T): void;
}

/**
 * Loads when it is first shown, and again when `key` changes; then what was loaded for the old key is gone.
 *
 * @param key - what is loaded; nothing is loaded without one
 */
export function useResource<T>(key: string | undefined, load: () => Promise<T>): Resource<T> {
  const [state, setState] = useState<{ key?: string; value?: T; error?: unknown }>({});
  const latest = useRef({ key, load, call: 0 });
  latest.current.key = key;
  latest.current.load = load;

  const refresh = useCallback(async () => {
    const asked = latest.current.key;
    if (asked === undefined) {
      return;
    }
    // Answers may overtake each other: only that of the last call counts.
    const call = ++latest.current.call;
    const isCurrent = () => latest.current.call === call && latest.current.key === asked;
    try {
      const value = await latest.current.load();
      if (isCurrent()) {
        setState({ key: asked, value });
      }
    } catch (error) {
      if (isCurrent()) {
        setState(last => ({ key: asked, error, ...(last.key === asked && { value: last.value }) }));
      }
    }
  }, []);

  const set = useCallback((value: T) => {
    latest.current.call += 1;
    setState({ key: latest.current.key, value });
  }, []);

  useEffect(() => {
    refresh();
  }, [key, refresh]);

  const { value, error } = state.key === key ? state : {};
  return { value, error, isLoading: key !== undefined && value === undefined && error === undefined, refresh, set };
}
