// Another request in the place of one that waits: what its approvers have asked to be different, or what its requester has thought better of.
import { useMemo, useState } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, ButtonLink } from '@backstage/ui';
import type { RequestDetail } from '@berth/plugin-platform-common';
import { useParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import type { Blueprint } from '../form/model/fields';
import { Verdict } from '../form/panel';
import type { Policy, PolicySource } from '../form/policy';
import { PolicyGate } from '../form/PolicyGate';
import { RequestFormView } from '../form/RequestFormView';
import { FormActions, SendingForm } from '../form/SendingForm';
import { useRequestForm } from '../form/useRequestForm';
import { useSending } from '../form/useSending';
import { useResource } from '../live';
import { EmptyState, LoadingState, ProblemNote, ProblemState, Screen } from '../parts';
import { requestRouteRef } from '../routes';
import { changesAskedIn } from './changesAsked';
import { isRevisable } from './words';

export function RevisePage() {
  const { requestId = '' } = useParams();
  const api = useApi(platformApiRef);
  const toRequest = useRouteRef(requestRouteRef);
  const found = useResource(requestId, async () => {
    const [request, events] = await Promise.all([api.request(requestId), api.events(requestId)]);
    return { request, asked: changesAskedIn(request, events) };
  });
  const { request, asked } = found.value ?? {};
  return (
    <Screen
      title={request ? `Change the request for ${request.name}` : 'Change a request'}
      lead="It goes on waiting as the same request; approvals that were given count no more. Another name or team needs another request."
    >
      {found.isLoading && <LoadingState label="The request is loading" rows={4} height={88} />}
      {found.error !== undefined && !request && <ProblemState error={found.error} onRetry={found.refresh} />}
      {asked?.comment && <Alert status="warning" icon title="What should be different" description={asked.comment} />}
      {request && !isRevisable(request) && (
        <EmptyState
          title="It can’t be changed any more"
          action={
            <ButtonLink variant="secondary" href={toRequest?.({ requestId }) ?? ''}>
              Open the request
            </ButtonLink>
          }
        >
          Only what still waits for an approval can be changed.
        </EmptyState>
      )}
      {request && isRevisable(request) && (
        <PolicyGate>
          {(policy, source) => {
            const blueprint = policy.blueprint(request.blueprint);
            return blueprint ? (
              <Revise request={request} policy={policy} source={source} blueprint={blueprint} />
            ) : (
              <EmptyState title={`Nobody offers ${request.blueprint}`}>The platform has no blueprint of this name any more.</EmptyState>
            );
          }}
        </PolicyGate>
      )}
    </Screen>
  );
}

const FIXED = { create: ['name', 'team'], change: ['name', 'team', 'environment'] } as const;

function Revise({ request, policy, source, blueprint }: { request: RequestDetail; policy: Policy; source: PolicySource; blueprint: Blueprint }) {
  const api = useApi(platformApiRef);
  const toRequest = useRouteRef(requestRouteRef);
  const { requestId, kind } = request;
  const [parameters, setParameters] = useState<Record<string, unknown>>(request.parameters);
  const isChange = kind === 'change';
  const form = useRequestForm({ policy, source, blueprint, parameters, onChange: setParameters, fixed: FIXED[isChange ? 'change' : 'create'] });
  const isSame = useMemo(() => JSON.stringify(parameters) === JSON.stringify(request.parameters), [parameters, request.parameters]);
  const sending = useSending(parameters, async () => api.resubmit(requestId, parameters));
  return (
    <SendingForm isReady={form.isValid && !isSame} onSend={sending.send}>
      {attempts => (
        // What would be created is not what a change does.
        <RequestFormView form={form} attempts={attempts} panel={isChange ? <Verdict form={form} /> : undefined}>
          {sending.error !== undefined && <ProblemNote error={sending.error} />}
          <FormActions>
            <Button type="submit" isPending={sending.isPending} isDisabled={isSame}>
              {form.decision.approval.required ? 'Send for approval' : 'Request it'}
            </Button>
            <ButtonLink variant="secondary" href={toRequest?.({ requestId }) ?? ''}>
              Go back
            </ButtonLink>
          </FormActions>
        </RequestFormView>
      )}
    </SendingForm>
  );
}
