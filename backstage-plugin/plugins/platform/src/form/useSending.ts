// Sends what a form asks for, once at a time, and goes on to the page of the request that comes of it.
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { requestPath } from '@berth/plugin-platform-common';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { requestRouteRef } from '../routes';
import type { Parameters } from './policy';

export interface Sending {
  isPending: boolean;
  /** Why the last try failed. */
  error?: unknown;
  send(): Promise<void>;
}

/** @param call - is given a key: the same values are the same request, however often the button is pressed */
export function useSending(values: Parameters, call: (idempotencyKey: string) => Promise<{ requestId: string }>): Sending {
  const navigate = useNavigate();
  const toRequest = useRouteRef(requestRouteRef);
  const [state, setState] = useState<{ isPending: boolean; error?: unknown }>({ isPending: false });
  const isSending = useRef(false);
  const content = JSON.stringify(values);
  const key = useMemo(() => ({ content, value: crypto.randomUUID() }), [content]).value;

  const send = async () => {
    if (isSending.current) {
      return;
    }
    isSending.current = true;
    setState({ isPending: true });
    try {
      const { requestId } = await call(key);
      navigate(toRequest?.({ requestId }) ?? requestPath(requestId));
    } catch (error) {
      setState({ isPending: false, error });
    } finally {
      isSending.current = false;
    }
  };
  return { ...state, send };
}
