// A request as a form: the fields, and beside them, or below them where it is narrow, what the platform says and what would be created.
import { useCallback, useEffect, useRef, useState } from 'react';
import { BgProvider } from '@backstage/ui';
import { FieldControl, Problems } from './fields';
import type { Remedy } from './model/problems';
import { Preview, Verdict } from './panel';
import styles from './RequestFormView.module.css';
import type { RequestForm } from './useRequestForm';

const NONE: never[] = [];

export interface RequestFormViewProps {
  form: RequestForm;
  /** Show what is missing in fields that nobody has been in, too; a number that grows brings the first of them into view. */
  attempts: number;
  /** What sends it: below the fields, and where it is narrow, below what the platform says. */
  children?: React.ReactNode;
  /** What stands beside the fields, where it is not the verdict and what would be created. */
  panel?: React.ReactNode;
}

export function RequestFormView({ form, attempts, children, panel }: RequestFormViewProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const root = useRef<HTMLDivElement>(null);
  const latest = useRef(form);
  latest.current = form;

  const onChange = useCallback((field: string, value: unknown) => latest.current.set(field, value), []);
  const onBlur = useCallback((field: string) => setLeft(fields => (fields.has(field) ? fields : new Set([...fields, field]))), []);
  const onRemedy = useCallback((remedy: Remedy) => latest.current.replace(remedy.parameters), []);

  useEffect(() => {
    if (attempts > 0) {
      root.current?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset[aria-invalid="true"] input')?.focus();
    }
  }, [attempts]);

  const { fields, parameters, decision, problems, blueprint } = form;
  const isShown = (field: string) => attempts > 0 || left.has(field);
  const ofNoField = problems.get('') ?? NONE;
  return (
    <div className={styles.form} ref={root}>
      <div className={styles.columns}>
        <div className={styles.fields}>
          {fields.map(field => {
            const all = problems.get(field.name) ?? NONE;
            return (
              <FieldControl
                key={`${blueprint.metadata.name} ${field.name}`}
                field={field}
                value={parameters[field.name]}
                problems={isShown(field.name) ? all : all.filter(({ code }) => code !== 'required')}
                options={decision.options?.[field.name]}
                teams={field.kind === 'team' ? form.teams : undefined}
                currency={decision.cost.currency}
                name={field.isName ? form.name : undefined}
                onChange={onChange}
                onBlur={onBlur}
                onRemedy={onRemedy}
              />
            );
          })}
          <Problems id="request-problems" problems={ofNoField} onRemedy={onRemedy} />
        </div>
        <aside className={styles.panel} aria-label="Decision and preview">
          <BgProvider bg="neutral-1">
            {panel ?? (
              <>
                <Verdict form={form} />
                <Preview form={form} />
              </>
            )}
          </BgProvider>
        </aside>
        {children && <div className={styles.send}>{children}</div>}
      </div>
    </div>
  );
}
