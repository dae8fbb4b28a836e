// What something that is being chosen would do, worked out by the backend when the keyboard rests.
import { useEffect, useRef, useState } from 'react';
import type { RequestPlan } from '../api';

/** While somebody types, nothing is asked. */
const TYPING_MS = 350;

export interface PlanState {
  value?: RequestPlan;
  error?: unknown;
  isLoading: boolean;
}

/**
 * The plan of what is chosen now; nothing while it is on its way, so that nobody sends what they have not seen.
 *
 * @param chosen - nothing while there is nothing to plan
 */
export function usePlan(chosen: Record<string, unknown> | undefined, load: (chosen: Record<string, unknown>) => Promise<RequestPlan>): PlanState {
  const key = chosen && JSON.stringify(chosen);
  const [state, setState] = useState<{ key?: string; value?: RequestPlan; error?: unknown }>({});
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      let answer: Pick<PlanState, 'value' | 'error'>;
      try {
        answer = { value: await latest.current(JSON.parse(key)) };
      } catch (error) {
        answer = { error };
      }
      if (isCurrent) {
        setState({ key, ...answer });
      }
    }, TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key]);
  const isKnown = key !== undefined && state.key === key;
  return isKnown ? { value: state.value, error: state.error, isLoading: false } : { isLoading: key !== undefined };
}
