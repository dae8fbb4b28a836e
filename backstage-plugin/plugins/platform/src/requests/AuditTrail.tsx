// Who did what with a request, the newest last.
import type { RequestEvent } from '@berth/plugin-platform-common';
import { Person, Section, When } from '../parts';
import styles from './AuditTrail.module.css';
import { ACTION_WORDS } from './words';

export function AuditTrail({ events }: { events: RequestEvent[] }) {
  return (
    <Section title="What happened">
      <ol className={styles.trail}>
        {events.map(({ id, at, action, actor, comment, attempt }) => (
          <li key={id} className={styles.event}>
            <span className={styles.words}>
              <strong className={styles.who}>
                <Person of={actor} />
              </strong>{' '}
              {ACTION_WORDS[action] ?? action.replaceAll('-', ' ')}
              {attempt > 1 && action === 'started' && ` (attempt ${attempt})`}
            </span>
            <span className={styles.at}>
              <When at={at} />
            </span>
            {comment && <blockquote className={styles.comment}>{comment}</blockquote>}
          </li>
        ))}
      </ol>
    </Section>
  );
}
