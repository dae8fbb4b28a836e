// What will be created, step by step and why, with the exact manifests behind it.
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type { RequestPlan } from '../api';
import type { Blueprint } from '../form/model/fields';
import { reasonWords } from '../form/model/reasonWords';
import { CodeBlock } from '../parts';
import styles from './PlanView.module.css';

export interface PlanViewProps {
  plan: RequestPlan;
  /** By whose titles reasons are told; without it they are told by names. */
  blueprint?: Blueprint;
}

export function PlanView({ plan, blueprint }: PlanViewProps) {
  const objects = plan.steps.reduce((sum, step) => sum + step.objects.length, 0);
  return (
    <div className={styles.plan}>
      <ol className={styles.steps}>
        {plan.steps.map(step => (
          <li key={step.id}>
            <strong>{step.title}</strong>
            {step.reason !== 'always' && <span className={styles.reason}> because {blueprint ? reasonWords(step.reason, blueprint) : step.reason}</span>}
            <ul className={styles.objects}>
              {step.objects.map(({ kind, name }) => (
                <li key={`${kind}/${name}`}>
                  {kind} <span className={styles.name}>{name}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <Accordion>
        <AccordionTrigger title={`The ${objects} manifests as YAML`} />
        <AccordionPanel>
          <CodeBlock text={plan.manifests} label="Manifests" maxHeight={420} />
        </AccordionPanel>
      </Accordion>
    </div>
  );
}
