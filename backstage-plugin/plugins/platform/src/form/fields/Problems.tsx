// What is wrong with a field, with what to do, and what heals it with one click.
import { Button } from '@backstage/ui';
import { RiAlertLine, RiErrorWarningLine } from '@remixicon/react';
import { Words } from '../../parts';
import type { Problem, Remedy } from '../model/problems';
import styles from './fields.module.css';

export interface ProblemsProps {
  /** What `aria-describedby` of the field points to. */
  id: string;
  problems: readonly Problem[];
  onRemedy(remedy: Remedy): void;
}

export function Problems({ id, problems, onRemedy }: ProblemsProps) {
  return (
    <div id={id} className={styles.problems}>
      {problems.map(problem => (
        <div key={`${problem.code} ${problem.path}`} className={styles.problem} data-severity={problem.severity}>
          {problem.severity === 'error' ? <RiErrorWarningLine size={16} aria-hidden /> : <RiAlertLine size={16} aria-hidden />}
          <div className={styles.problemWords}>
            <p>
              <Words of={problem.message} />
              {problem.fromServer && <span className={styles.source}> The server says so.</span>}
            </p>
            {problem.hint && (
              <p className={styles.hint}>
                <Words of={problem.hint} />
              </p>
            )}
            {problem.remedies.length > 0 && (
              <div className={styles.remedies}>
                {problem.remedies.map(remedy => (
                  <Button key={remedy.title} size="small" variant="secondary" onPress={() => onRemedy(remedy)}>
                    {remedy.title}
                  </Button>
                ))}
              </div>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
