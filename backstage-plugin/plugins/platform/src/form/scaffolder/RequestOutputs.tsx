// What the page of a task shows of the request that the task handed in: where it is now, live. A task is done when the request is stored,
// the request when it is carried out: only its own state says so.
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import type { ScaffolderTaskOutput } from '@backstage/plugin-scaffolder-react';
import { DefaultTemplateOutputs } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, ButtonLink } from '@backstage/ui';
import { isFinal, requestPath } from '@berth/plugin-platform-common';
import { platformApiRef } from '../../api';
import { graphOf, StepGraph } from '../../graph';
import { useRequestChanges, useResource } from '../../live';
import { AnyOf, LoadingState, ProblemState, Section, ToneBadge } from '../../parts';
import { Outcome } from '../../requests/Outcome';
import { StateLine } from '../../requests/StateLine';
import { statusWords } from '../../requests/words';
import { requestRouteRef } from '../../routes';
import styles from './RequestOutputs.module.css';

export function RequestOutputs({ output }: { output?: ScaffolderTaskOutput }) {
  const requestId = output?.requestId;
  return typeof requestId === 'string' ? <LiveRequest requestId={requestId} /> : <DefaultTemplateOutputs output={output} />;
}

function LiveRequest({ requestId }: { requestId: string }) {
  const api = useApi(platformApiRef);
  const toRequest = useRouteRef(requestRouteRef);
  const whole = useResource(requestId, async () => {
    const [request, progress] = await Promise.all([api.request(requestId), api.progress(requestId)]);
    return { request, progress };
  });
  const { request, progress } = whole.value ?? {};
  const isOver = request !== undefined && isFinal(request.status) && request.rollback !== 'running';
  useRequestChanges(ids => (ids === undefined || ids.includes(requestId)) && whole.refresh(), !isOver);

  // It says which step follows which; without it they are drawn all the same.
  const plan = useResource(request?.status === 'pending-approval' ? undefined : requestId, () => api.plan(requestId).catch(() => undefined));

  if (!request || !progress) {
    return whole.error ? <ProblemState error={whole.error} onRetry={whole.refresh} /> : <LoadingState label="The request is loading" rows={2} />;
  }
  const badge = statusWords(request);
  const steps = graphOf(progress.steps, plan.value);
  return (
    <div className={styles.outputs}>
      <Section
        title={request.name}
        aside={
          <span className={styles.aside}>
            <ToneBadge tone={badge.tone}>{badge.text}</ToneBadge>
            <ButtonLink size="small" variant="secondary" href={toRequest?.({ requestId }) ?? requestPath(requestId)}>
              Open the request
            </ButtonLink>
          </span>
        }
      >
        <span role="status" className={styles.spoken}>{`${request.name}: ${badge.text}`}</span>
        {request.status === 'pending-approval' && (
          <Alert
            status="info"
            icon
            title="Nothing has been made yet"
            description={
              <>
                It waits for{' '}
                {request.approval.requirements.map(({ id, by, count }, index) => (
                  <span key={id}>
                    {index > 0 && ', and '}
                    {count === 1 ? 'somebody else of ' : `${count} other people of `}
                    <AnyOf groups={by} />
                  </span>
                ))}
                . You are told when they have agreed; this page can be closed.
              </>
            }
          />
        )}
        <StateLine request={request} />
        {steps.length > 0 && <StepGraph steps={steps} onSelect={() => {}} />}
      </Section>
      <Outcome request={request} />
    </div>
  );
}
