// How wide an element is, for what is drawn to measure.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Nothing before it was measured. */
export function useWidth<E extends HTMLElement>(): [RefObject<E>, number | undefined] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
