// The objects that a plan adds, changes and removes, field by field.
import { pointerWords, textOf } from '../form/model/words';
import { ToneBadge } from '../parts';
import type { ObjectChange } from './changes';
import styles from './ObjectChanges.module.css';

const WORDS: Record<ObjectChange['change'], { tone: 'good' | 'warning' | 'bad' | 'plain'; text: string }> = {
  added: { tone: 'good', text: 'Added' },
  changed: { tone: 'warning', text: 'Changed' },
  removed: { tone: 'bad', text: 'Removed' },
  unchanged: { tone: 'plain', text: 'Unchanged' },
};

/** What stays as it is isn't listed. */
export function ObjectChanges({ changes }: { changes: readonly ObjectChange[] }) {
  const shown = changes.filter(({ change }) => change !== 'unchanged');
  if (shown.length === 0) {
    return null;
  }
  return (
    <ul className={styles.changes} aria-label="Objects that change">
      {shown.map(({ kind, namespace, name, change, fields }) => (
        <li key={`${kind}/${namespace ?? ''}/${name}`}>
          <span className={styles.object}>
            <ToneBadge tone={WORDS[change].tone}>{WORDS[change].text}</ToneBadge> {kind} <strong>{name}</strong>
          </span>
          {fields?.map(({ path, from, to }) => (
            <span key={path} className={styles.field}>
              <code>{pointerWords(path)}</code> {from !== undefined && <del>{textOf(from)}</del>}
              {from !== undefined && to !== undefined && ' → '}
              {to !== undefined && <ins>{textOf(to)}</ins>}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
