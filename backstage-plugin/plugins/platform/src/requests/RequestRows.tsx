// The rows of a list of requests. Only those on the screen are drawn, so 5,000 scroll as 50 do.
import { useEffect, useLayoutEffect, useState } from 'react';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Clickable, Money, Person, ToneBadge, useWidth, When } from '../parts';
import { requestRouteRef } from '../routes';
import styles from './RequestRows.module.css';
import { kindWords, statusWords } from './words';

/** Below this width a row is a card. */
const NARROW = 720;
const ROW_HEIGHT = 53;
const CARD_HEIGHT = 112;
/** So many rows before the end the next page is asked for. */
const AHEAD = 60;

export interface RequestRowsProps {
  items: RequestDetail[];
  hasMore: boolean;
  loadMore(): void;
  label: string;
}

export function RequestRows({ items, hasMore, loadMore, label }: RequestRowsProps) {
  const [list, width] = useWidth<HTMLDivElement>();
  const isNarrow = width !== undefined && width < NARROW;
  const height = isNarrow ? CARD_HEIGHT : ROW_HEIGHT;
  const [{ scroll, margin }, setPlace] = useState<{ scroll: Element | null; margin: number }>({ scroll: null, margin: 0 });

  useLayoutEffect(() => {
    const parent = scrollParentOf(list.current);
    const top = (element: Element | null) => element?.getBoundingClientRect().top ?? 0;
    // The page itself moves up as it scrolls; any other frame stays.
    const frame = parent === document.documentElement ? 0 : top(parent);
    setPlace({ scroll: parent, margin: top(list.current) - frame + (parent?.scrollTop ?? 0) });
  }, [list, width]);

  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: margin,
    getItemKey: index => items[index].requestId,
    observeElementRect,
    observeElementOffset,
  });
  useEffect(() => rows.measure(), [rows, height]);

  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last + AHEAD >= items.length) {
      loadMore();
    }
  }, [hasMore, last, items.length, loadMore]);

  return (
    <div ref={list} className={styles.list} data-narrow={isNarrow} role="table" aria-label={label} aria-rowcount={hasMore ? -1 : items.length + 1}>
      <div role="rowgroup" className={styles.header}>
        <div role="row" aria-rowindex={1} className={styles.columns}>
          {['Name', 'Team', 'Environment', 'Cost a month', 'Asked for', 'State'].map(column => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ position: 'relative', height: rows.getTotalSize() }}>
        {shown.map(({ index, start, key }) => (
          <div
            key={key}
            role="row"
            aria-rowindex={index + 2}
            className={styles.row}
            style={{ height, transform: `translateY(${start - margin}px)` }}
          >
            <RequestCells request={items[index]} />
          </div>
        ))}
      </div>
    </div>
  );
}

function RequestCells({ request }: { request: RequestDetail }) {
  const toRequest = useRouteRef(requestRouteRef);
  const { requestId, name, kind, team, environment, monthlyCost, currency, requester, createdAt } = request;
  const { tone, text } = statusWords(request);
  return (
    <>
      <span role="cell" className={styles.name}>
        <Clickable to={toRequest?.({ requestId }) ?? ''}>{name}</Clickable>
        {kind !== 'create' && <span className={styles.kind}>{kindWords(kind)}</span>}
      </span>
      <span role="cell" className={styles.team}>
        {team}
      </span>
      <span role="cell" className={styles.environment}>
        {environment}
      </span>
      <span role="cell" className={styles.cost}>
        <Money minor={monthlyCost} currency={currency} />
      </span>
      <span role="cell" className={styles.asked}>
        <When at={createdAt} /> <span className={styles.by}>by <Person of={requester.linkedRef ?? requester.ref} isPlain /></span>
      </span>
      <span role="cell" className={styles.state}>
        <ToneBadge tone={tone}>{text}</ToneBadge>
      </span>
    </>
  );
}

type Observed = { scrollElement: Element | null };

/** What is seen of a page that scrolls as a whole is the window, not the page. */
function observeElementRect({ scrollElement }: Observed, tell: (rect: { width: number; height: number }) => void): () => void {
  const measure = () => tell({ width: scrollElement?.clientWidth ?? 0, height: scrollElement?.clientHeight || window.innerHeight });
  measure();
  window.addEventListener('resize', measure);
  return () => window.removeEventListener('resize', measure);
}

/** Scrolling is heard at the window, whichever element scrolls: that of a whole page is told to the document alone. */
function observeElementOffset({ scrollElement }: Observed, tell: (offset: number, isScrolling: boolean) => void): () => void {
  const measure = () => tell(scrollElement?.scrollTop ?? 0, false);
  measure();
  const options = { passive: true, capture: true };
  window.addEventListener('scroll', measure, options);
  return () => window.removeEventListener('scroll', measure, options);
}

function scrollParentOf(element: Element | null): Element | null {
  for (let parent = element?.parentElement; parent; parent = parent.parentElement) {
    if (/(auto|scroll)/.test(getComputedStyle(parent).overflowY)) {
      return parent;
    }
  }
  return document.scrollingElement ?? document.documentElement;
}
