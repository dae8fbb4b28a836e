// What an approver reads before saying yes, no, or what should be different. A yes pins the plan that was on the page when it was given:
// a plan that changes meanwhile has to be looked at again.
import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { type Documents, platformApiRef, type RequestPlan } from '../api';
import { type Blueprint, blueprintOf } from '../form/model/fields';
import { titleOf, valueWords } from '../form/model/words';
import { useResource } from '../live';
import { AnyOf, ConfirmDialog, LoadingState, Meter, Money, formatMoney, Person, ProblemNote, Section, When } from '../parts';
import { ObjectChanges } from '../namespaces/ObjectChanges';
import type { Me } from '../requests/useMe';
import styles from './ApprovalPanel.module.css';
import { mayApprove } from './mayApprove';
import { Nudge } from './Nudge';
import { PlanView } from './PlanView';

type Ask = 'approve' | 'reject' | 'ask-for-changes';

export interface ApprovalPanelProps {
  request: RequestDetail;
  me: Me;
  /** By whose titles things are called, and whose roles say who may approve; none before they are loaded. */
  documents?: Documents;
  onChange(request: RequestDetail): void;
}

export function ApprovalPanel({ request, me, documents, onChange }: ApprovalPanelProps) {
  const api = useApi(platformApiRef);
  const { requestId, version, name } = request;
  const plan = useResource(`plan ${requestId} ${version}`, () => api.plan(requestId));
  const [read, setRead] = useState<RequestPlan>();
  const [asking, setAsking] = useState<Ask>();

  const latest = plan.value;
  useEffect(() => {
    setRead(last => last ?? latest);
  }, [latest]);
  const hasChanged = read !== undefined && latest !== undefined && read.planDigest !== latest.planDigest;
  const blueprint = blueprintOf(documents, request.blueprint);
  const answer = mayApprove(request, me, documents?.platform);

  const act = async (comment: string | undefined) => {
    if (asking === 'approve') {
      onChange(await api.approve(requestId, { planDigest: read?.planDigest ?? '', ...(comment && { comment }) }));
    } else if (asking === 'reject') {
      onChange(await api.reject(requestId, comment ?? ''));
    } else {
      onChange(await api.askForChanges(requestId, comment ?? ''));
    }
  };

  return (
    <Section title={answer.may ? 'This waits for your answer' : 'Waiting for approval'} tone="warning">
      <Requirements request={request} />
      {!answer.may && <p className={styles.refusal}>{answer.reason}</p>}
      {!answer.may && <Nudge request={request} onChange={onChange} />}
      {plan.isLoading && <LoadingState label="The plan is loading" rows={3} height={40} />}
      {plan.error !== undefined && <ProblemNote error={plan.error} onRetry={plan.refresh} />}
      {hasChanged && (
        <Alert
          status="warning"
          icon
          title="The plan has changed while you read it"
          description="Policy, limits or what is asked for are not what they were. Look at the new plan before you answer."
          customActions={
            <Button size="small" variant="primary" onPress={() => setRead(latest)}>
              Show the new plan
            </Button>
          }
        />
      )}
      {read && (
        <>
          <Cost plan={read} />
          {read.compared && <Differences compared={read.compared} blueprint={blueprint} />}
          {read.changes ? (
            <>
              <h4 className={styles.heading}>What will change</h4>
              <ObjectChanges changes={read.changes} />
            </>
          ) : (
            <h4 className={styles.heading}>What will be created</h4>
          )}
          <PlanView plan={read} blueprint={blueprint} />
        </>
      )}
      {answer.may && (
        <div className={styles.actions}>
          <Button variant="primary" isDisabled={!read || hasChanged} onPress={() => setAsking('approve')}>
            Approve
          </Button>
          <Button variant="secondary" onPress={() => setAsking('ask-for-changes')}>
            Ask for changes
          </Button>
          <Button variant="secondary" onPress={() => setAsking('reject')}>
            Reject
          </Button>
        </div>
      )}
      {asking === 'approve' && read && (
        <ConfirmDialog
          title={`Approve ${name}?`}
          action="Approve"
          comment={{ label: 'Comment' }}
          onConfirm={act}
          onClose={() => {
            setAsking(undefined);
            plan.refresh();
          }}
        >
          {read.steps.reduce((sum, step) => sum + step.objects.length, 0)} objects go to {request.environment}, at{' '}
          <Money minor={read.cost.monthly} currency={read.cost.currency} monthly />. Your name stands beside it in the audit trail.
        </ConfirmDialog>
      )}
      {asking === 'reject' && (
        <ConfirmDialog
          title={`Reject ${name}?`}
          action="Reject"
          destructive
          comment={{ label: 'Why', required: true, description: 'Whoever asked for it will read this.' }}
          onConfirm={act}
          onClose={() => setAsking(undefined)}
        >
          The request ends, and its name is free again.
        </ConfirmDialog>
      )}
      {asking === 'ask-for-changes' && (
        <ConfirmDialog
          title={`Ask for changes to ${name}?`}
          action="Ask for changes"
          comment={{ label: 'What should be different', required: true, description: 'Whoever asked for it will read this.' }}
          onConfirm={act}
          onClose={() => setAsking(undefined)}
        >
          The request goes on waiting. Approvals that were given count no more once it is changed.
        </ConfirmDialog>
      )}
    </Section>
  );
}

function Requirements({ request }: { request: RequestDetail }) {
  return (
    <ul className={styles.requirements}>
      {request.approval.requirements.map(({ id, by, count, reason }) => {
        const given = request.approvals.filter(approval => approval.requirementId === id);
        return (
          <li key={id}>
            <AnyOf groups={by} />{' '}
            must agree{count > 1 && ` (${given.length} of ${count} did)`}: {reason}.
            {given.map(({ actor, at }) => (
              <span key={actor} className={styles.given}>
                {' '}
                <Person of={actor} /> did <When at={at} />.
              </span>
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function Cost({ plan }: { plan: RequestPlan }) {
  const { currency, monthly, lines, budget } = plan.cost;
  return (
    <div className={styles.cost}>
      <h4 className={styles.heading}>
        Cost <Money minor={monthly} currency={currency} monthly />
      </h4>
      <ul className={styles.lines}>
        {lines.map(({ parameter, option, title, monthly: part }) => (
          <li key={`${parameter} ${option}`}>
            {title} <Money minor={part} currency={currency} />
          </li>
        ))}
      </ul>
      {budget && (
        <Meter label="Budget of the team" value={budget.used ?? 0} max={budget.limit} added={monthly}>
          {formatMoney((budget.used ?? 0) + monthly, currency)} of {formatMoney(budget.limit, currency)} a month with this
        </Meter>
      )}
    </div>
  );
}

/** What none of the team's other namespaces has: what an approver wants to see first. */
function Differences({ compared: { namespaces, differences }, blueprint }: { compared: NonNullable<RequestPlan['compared']>; blueprint?: Blueprint }) {
  if (namespaces === 0) {
    return <p className={styles.note}>The team has no other namespace to compare it with.</p>;
  }
  return (
    <div>
      <h4 className={styles.heading}>Compared with the team’s {namespaces === 1 ? 'other namespace' : `${namespaces} other namespaces`}</h4>
      {differences.length === 0 ? (
        <p className={styles.note}>Nothing is new: each of these choices was made before.</p>
      ) : (
        <ul className={styles.differences}>
          {differences.map(({ parameter, value: here, others }) => (
            <li key={parameter}>
              <strong>{titleOf(parameter, blueprint)}</strong>: {valueWords(parameter, here, blueprint)}
              <span className={styles.others}>
                {' '}
                — elsewhere {others.slice(0, 3).map(({ value, count }) => `${valueWords(parameter, value, blueprint)} (${count})`).join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
