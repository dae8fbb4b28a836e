// Field by field, what stands and what should.
import type { Drift } from '../api';
import { pointerWords, textOf } from '../form/model/words';
import styles from './DriftTable.module.css';

export function DriftTable({ drift }: { drift: readonly Drift[] }) {
  return (
    <ul className={styles.list}>
      {drift.map(({ object, path, want, have }) => (
        <li key={`${object.kind}/${object.name}${path}`} className={styles.item}>
          <span>
            {object.kind} <strong>{object.name}</strong>
            {path && <code className={styles.path}> {pointerWords(path)}</code>}
          </span>
          <span className={styles.values}>
            {have === undefined ? 'is missing' : <>is <code>{textOf(have)}</code></>}
            {want === undefined ? ', and should not be there' : <>, should be <code>{textOf(want)}</code></>}
          </span>
        </li>
      ))}
    </ul>
  );
}
