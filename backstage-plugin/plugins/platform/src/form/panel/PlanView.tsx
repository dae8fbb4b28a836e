// The steps of a plan, with the objects of each, and what is not needed.
import type { Plan } from '@berth/core';
import { sentence } from '../../api';
import type { Blueprint } from '../model/fields';
import { reasonWords } from '../model/reasonWords';
import styles from './panel.module.css';

/** The core's reason for a step that every request has: it goes without saying. */
const ALWAYS = 'always';

export function PlanView({ plan: { steps, skipped }, blueprint }: { plan: Plan; blueprint: Blueprint }) {
  return (
    <>
      <ol className={styles.steps}>
        {steps.map(({ id, title, reason, objects }) => (
          <li key={id} className={styles.step}>
            <p className={styles.stepTitle}>{title}</p>
            {reason !== ALWAYS && <p className={styles.reason}>{sentence(reasonWords(reason, blueprint))}</p>}
            <ul className={styles.objects}>
              {objects.map(({ kind, name }) => (
                <li key={`${kind} ${name}`}>
                  <span className={styles.kind}>{kind}</span> {name}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {skipped.length > 0 && (
        <p className={styles.reason}>{`Not needed: ${skipped.map(({ title }) => title).join(', ')}.`}</p>
      )}
    </>
  );
}
