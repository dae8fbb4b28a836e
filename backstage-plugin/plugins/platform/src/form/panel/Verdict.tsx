// What the core says of the request as a whole: ready or not, what it costs, what is left of the budget, and who must agree.
import { RiCheckboxCircleLine, RiEditLine, RiErrorWarningLine, RiShieldUserLine, RiUserFollowLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { sentence } from '../../api';
import { AnyOf, formatMoney, Meter } from '../../parts';
import type { RequestForm } from '../useRequestForm';
import styles from './panel.module.css';

/** A screen reader hears the verdict when the keyboard rests. */
const REST_MS = 800;

export function Verdict({ form }: { form: RequestForm }) {
  const { decision, isValid } = form;
  const { kind, words, names } = stateOf(form);
  const Icon = { ready: RiCheckboxCircleLine, missing: RiEditLine, wrong: RiErrorWarningLine }[kind];
  return (
    <section className={styles.verdict} aria-label="What the platform says">
      <p className={styles.state} data-state={kind}>
        <Icon size={20} aria-hidden />
        <span>
          {words}
          {names.length > 0 && <span className={styles.names}>{names.join(', ')}</span>}
        </span>
      </p>
      <Spoken text={isValid ? `${words}. ${approvalWords(decision.approval.required)}.` : `${words}${names.join(', ')}.`} />
      <CostLines form={form} />
      <Approval form={form} />
    </section>
  );
}

type State = { kind: 'ready' | 'missing' | 'wrong'; words: string; names: string[] };

function stateOf({ problems, fields, isValid }: RequestForm): State {
  if (isValid) {
    return { kind: 'ready', words: 'Ready to send', names: [] };
  }
  const titles = new Map(fields.map(({ name, title }) => [name, title]));
  const wrong: string[] = [];
  const missing: string[] = [];
  problems.forEach((list, field) => {
    const errors = list.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      (errors.every(({ code }) => code === 'required') ? missing : wrong).push(titles.get(field) ?? 'Something else');
    }
  });
  return wrong.length > 0
    ? { kind: 'wrong', words: wrong.length === 1 ? 'One thing to settle: ' : `${wrong.length} things to settle: `, names: wrong }
    : { kind: 'missing', words: 'Still needed: ', names: missing };
}

function CostLines({ form: { decision } }: { form: RequestForm }) {
  const { currency, monthly, lines, budget } = decision.cost;
  return (
    <div className={styles.cost}>
      <p className={styles.total}>
        <strong>{formatMoney(monthly, currency)}</strong> a month
      </p>
      {lines.length > 1 && (
        <ul className={styles.lines}>
          {lines.map(line => (
            <li key={`${line.parameter} ${line.option}`}>
              <span>{line.title}</span>
              <span>{formatMoney(line.monthly, currency)}</span>
            </li>
          ))}
        </ul>
      )}
      {budget?.used !== undefined && (
        <Meter label="Budget of the team" value={budget.used} max={budget.limit} added={monthly}>
          {budget.remaining !== undefined && budget.remaining < 0
            ? `${formatMoney(-budget.remaining, currency)} too much`
            : `${formatMoney(budget.remaining ?? 0, currency)} left of ${formatMoney(budget.limit, currency)}`}
        </Meter>
      )}
    </div>
  );
}

function Approval({ form: { decision, parameters, blueprint } }: { form: RequestForm }) {
  const { required, requirements } = decision.approval;
  if (!required) {
    const isPlaced = parameters[blueprint.spec.scope.environment] !== undefined;
    return isPlaced ? (
      <p className={styles.approval}>
        <RiUserFollowLine size={18} aria-hidden />
        <span>Nobody has to agree: it starts at once.</span>
      </p>
    ) : null;
  }
  return (
    <>
      {requirements.map(({ id, by, count, reason }) => (
        <div key={id} className={styles.approval}>
          <RiShieldUserLine size={18} aria-hidden />
          <span>
            {count === 1 ? 'Somebody else of ' : `${count} other people of `}
            <AnyOf groups={by} />
            {' must agree first. '}
            <span className={styles.quiet}>{sentence(reason)}</span>
          </span>
        </div>
      ))}
    </>
  );
}

function approvalWords(isRequired: boolean): string {
  return isRequired ? 'Somebody must agree first' : 'Nobody has to agree';
}

/** For screen readers alone, and not on every keystroke. */
function Spoken({ text }: { text: string }) {
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p role="status" aria-live="polite" className={styles.spoken}>
      {spoken}
    </p>
  );
}
