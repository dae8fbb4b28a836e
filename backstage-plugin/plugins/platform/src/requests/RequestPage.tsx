// One request: how far it is, what it waits for, what it makes, what was printed, and who did what.
import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { isFinal, type RequestDetail, type RequestEvent, type RequestProgress } from '@berth/plugin-platform-common';
import { useParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import { ApprovalPanel } from '../approvals';
import { blueprintOf } from '../form/model/fields';
import { titleOf, valueWords } from '../form/model/words';
import { graphOf, StepGraph } from '../graph';
import { useRequestChanges, useResource } from '../live';
import { Facts, LoadingState, Money, Person, ProblemNote, ProblemState, Screen, Section, ToneBadge, When } from '../parts';
import { AuditTrail } from './AuditTrail';
import { changesAskedIn } from './changesAsked';
import { Outcome } from './Outcome';
import { RequestActions } from './RequestActions';
import styles from './RequestPage.module.css';
import { StateLine } from './StateLine';
import { StepLogs } from './StepLogs';
import { useMe } from './useMe';
import { kindWords, statusWords } from './words';

interface Whole {
  request: RequestDetail;
  progress: RequestProgress;
  events: RequestEvent[];
}

export function RequestPage() {
  const { requestId = '' } = useParams();
  const api = useApi(platformApiRef);
  const whole = useResource<Whole>(requestId, async () => {
    const [request, progress, events] = await Promise.all([api.request(requestId), api.progress(requestId), api.events(requestId)]);
    return { request, progress, events };
  });
  const request = whole.value?.request;
  const isOver = request !== undefined && isFinal(request.status) && request.rollback !== 'running';
  useRequestChanges(ids => (ids === undefined || ids.includes(requestId)) && whole.refresh(), !isOver);

  if (!whole.value) {
    return (
      <Screen title="Request">
        {whole.isLoading ? <LoadingState label="The request is loading" rows={4} height={88} /> : <ProblemState error={whole.error} onRetry={whole.refresh} />}
      </Screen>
    );
  }
  const { value } = whole;
  const take = (changed: RequestDetail) => {
    whole.set({ ...value, request: changed });
    whole.refresh();
  };
  return <Request {...value} error={whole.error} onChange={take} onRetry={whole.refresh} />;
}

function Request({ request, progress, events, error, onChange, onRetry }: Whole & { error?: unknown; onChange(request: RequestDetail): void; onRetry(): void }) {
  const api = useApi(platformApiRef);
  const me = useMe();
  const [selected, setSelected] = useState<string>();
  const { requestId, name, kind, team, environment, cluster, status, attempt, requester, createdAt } = request;
  const isWaiting = status === 'pending-approval';
  // Today's documents may not allow any more what was carried out: then the steps are drawn without the plan.
  const plan = useResource(isWaiting ? undefined : `plan ${requestId} ${attempt}`, () => api.plan(requestId).catch(() => undefined));
  const documents = useResource('documents', () => api.documents());
  const blueprint = blueprintOf(documents.value, request.blueprint);
  const steps = graphOf(progress.steps, plan.value);
  const badge = statusWords(request);
  const step = steps.find(one => one.id === selected);
  const changesAsked = changesAskedIn(request, events);

  return (
    <Screen
      title={
        <span className={styles.title}>
          {name} <ToneBadge tone={badge.tone}>{badge.text}</ToneBadge>
        </span>
      }
      lead={
        <>
          {kindWords(kind)} in {environment} for {team}, asked for <When at={createdAt} /> by <Person of={requester.linkedRef ?? requester.ref} />
        </>
      }
      actions={<RequestActions request={request} onChange={onChange} />}
    >
      <span role="status" className={styles.announce}>
        {`${name}: ${badge.text}`}
      </span>
      {error !== undefined && <ProblemNote error={error} onRetry={onRetry} />}
      <Section title="How far it is">
        <StateLine request={request} />
      </Section>
      {changesAsked && <Alert status="warning" icon title="Changes were asked for" description={changesAsked.comment} />}
      <Outcome request={request} failedTitle={steps.find(one => one.id === request.failedStep)?.title} />
      {isWaiting && me && <ApprovalPanel request={request} me={me} documents={documents.value} onChange={onChange} />}
      {!isWaiting && steps.length > 0 && (
        <Section title="Steps" aside={attempt > 1 && <span className={styles.attempt}>Attempt {attempt}</span>}>
          <StepGraph steps={steps} selected={selected} onSelect={setSelected} />
        </Section>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          {request.workflowId && progress.steps.length > 0 && (
            <StepLogs requestId={requestId} attempt={attempt} step={step} onShowAll={() => setSelected(undefined)} />
          )}
          <AuditTrail events={events} />
        </div>
        <div className={styles.column}>
          <Section title="What is asked for">
            <Facts
              facts={[
                ['Cost', <Money key="cost" minor={request.monthlyCost} currency={request.currency} monthly />],
                ['Cluster', cluster],
                ...Object.entries(request.parameters)
                  .filter(([field]) => !['namespaceName', 'environment', 'team'].includes(field))
                  .map(([field, value]): [string, string] => [titleOf(field, blueprint), valueWords(field, value, blueprint)]),
              ]}
            />
          </Section>
          <Section title="For the record">
            <Facts
              facts={[
                ['Request', <code key="id" className={styles.code}>{requestId}</code>],
                ['Workflow', request.workflowId && <code className={styles.code}>{request.workflowId}</code>],
                ['Plan', <code key="plan" className={styles.code}>{request.planDigest.slice(0, 19)}…</code>],
                ['Policy', <code key="policy" className={styles.code}>{request.policyDigest.slice(0, 19)}…</code>],
                ['Core', request.coreVersion],
              ]}
            />
          </Section>
        </div>
      </div>
    </Screen>
  );
}
