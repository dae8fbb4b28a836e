// The way of a request from asked to done, with where it is now.
import type { RequestDetail } from '@berth/plugin-platform-common';
import { isFinal } from '@berth/plugin-platform-common';
import { When } from '../parts';
import styles from './StateLine.module.css';
import { statusWords } from './words';

type Look = 'done' | 'now' | 'later' | 'bad';

interface Stop {
  title: string;
  look: Look;
  at?: string;
}

export function StateLine({ request }: { request: RequestDetail }) {
  return (
    <ol className={styles.line} aria-label="How far it is">
      {stopsOf(request).map(({ title, look, at }) => (
        <li key={title} className={styles.stop} data-look={look} aria-current={look === 'now' ? 'step' : undefined}>
          <span className={styles.title}>{title}</span>
          <span className={styles.at}>{at ? <When at={at} /> : ' '}</span>
        </li>
      ))}
    </ol>
  );
}

function stopsOf(request: RequestDetail): Stop[] {
  const { status, approval, approvals, createdAt, submittedAt, finishedAt, updatedAt, kind } = request;
  const end = statusWords(request).text;
  const isEnd = isFinal(status);
  const isApproved = status !== 'pending-approval' && !(isEnd && !submittedAt && status !== 'failed');
  const stops: Stop[] = [{ title: 'Asked for', look: 'done', at: createdAt }];
  if (approval.required) {
    const look = lookOf(isApproved, status === 'pending-approval');
    stops.push({ title: look === 'done' ? 'Approved' : 'Approval', look, at: approvals.at(-1)?.at });
  }
  if (isApproved) {
    stops.push({ title: 'Handed to Argo', look: lookOf(Boolean(submittedAt), status === 'queued'), at: submittedAt });
  } else if (!isEnd) {
    stops.push({ title: 'Handed to Argo', look: 'later' });
  }
  if (isEnd) {
    stops.push({ title: end, look: status === 'completed' ? 'done' : 'bad', at: finishedAt ?? updatedAt });
  } else {
    stops.push(
      { title: status === 'provisioning' ? end : 'In progress', look: status === 'provisioning' ? 'now' : 'later' },
      { title: statusWords({ kind, status: 'completed', rollback: 'none' }).text, look: 'later' },
    );
  }
  return stops;
}

function lookOf(isDone: boolean, isNow: boolean): Look {
  if (isNow) {
    return 'now';
  }
  return isDone ? 'done' : 'later';
}
