// Tells a page that requests changed: at once by signals where the app has them, else by asking now and then. A signal may be
// lost, so the page asks then too, but seldom. A page that nobody looks at asks nothing, and catches up when it is looked at.
import { useEffect, useRef } from 'react';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { REQUESTS_CHANNEL, type RequestsChanged } from '@berth/plugin-platform-common';

const EVERY_MS = 4_000;
const SELDOM_MS = 30_000;

/**
 * Calls `onChange` with the ids of the requests that changed, or without any when it is not known which.
 *
 * @param isLive - false when nothing more is to come, and nothing shall be asked
 */
export function useRequestChanges(onChange: (requestIds?: string[]) => void, isLive = true): void {
  const signals = useApiHolder().get(signalApiRef);
  const tell = useRef(onChange);
  tell.current = onChange;

  useEffect(() => {
    if (!isLive) {
      return undefined;
    }
    const subscription = signals?.subscribe<RequestsChanged>(REQUESTS_CHANNEL, ({ requestIds }) => tell.current(requestIds));
    const ask = () => document.visibilityState === 'visible' && tell.current();
    const timer = setInterval(ask, signals ? SELDOM_MS : EVERY_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      subscription?.unsubscribe();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [signals, isLive]);
}
