// A change of a namespace: the fields of its blueprint as they stand, and beside them what a change would do, before it is sent.
import { useMemo, useState } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import { useParams } from 'react-router-dom';
import { platformApiRef, type NamespaceRef, type StandingNamespace } from '../api';
import type { Blueprint } from '../form/model/fields';
import type { Policy, PolicySource } from '../form/policy';
import { PolicyGate } from '../form/PolicyGate';
import { RequestFormView } from '../form/RequestFormView';
import { FormActions, SendingForm } from '../form/SendingForm';
import { useRequestForm } from '../form/useRequestForm';
import { useSending } from '../form/useSending';
import { useResource } from '../live';
import { EmptyState, LoadingState, ProblemState, Screen } from '../parts';
import { namespaceRouteRef } from '../routes';
import { ChangePanel } from './ChangePanel';
import { patchOf } from './patch';
import { usePlan } from './usePlan';

const FIXED = ['name', 'team', 'environment'] as const;

export function ChangePage() {
  const { cluster = '', name = '' } = useParams();
  const api = useApi(platformApiRef);
  const of = useMemo(() => ({ cluster, name }), [cluster, name]);
  const found = useResource(`${cluster}/${name}`, () => api.namespace(of));
  const { value } = found;
  return (
    <Screen title={`Change ${name}`} lead="Nothing is sent before you have seen what it does. Name, team and environment stay as they are.">
      {found.isLoading && <LoadingState label="The namespace is loading" rows={4} height={88} />}
      {found.error !== undefined && !value && <ProblemState error={found.error} onRetry={found.refresh} />}
      {value && (
        <PolicyGate>
          {(policy, source) => {
            const blueprint = policy.blueprint('namespace');
            return blueprint ? (
              <Change of={of} namespace={value} policy={policy} source={source} blueprint={blueprint} />
            ) : (
              <EmptyState title="Namespaces are not offered here">The platform has no blueprint `namespace` any more, so there is nothing to change one by.</EmptyState>
            );
          }}
        </PolicyGate>
      )}
    </Screen>
  );
}

interface ChangeProps {
  of: NamespaceRef;
  namespace: StandingNamespace;
  policy: Policy;
  source: PolicySource;
  blueprint: Blueprint;
}

function Change({ of, namespace, policy, source, blueprint }: ChangeProps) {
  const api = useApi(platformApiRef);
  const toNamespace = useRouteRef(namespaceRouteRef);
  const [parameters, setParameters] = useState<Record<string, unknown>>(namespace.parameters);
  const form = useRequestForm({ policy, source, blueprint, parameters, onChange: setParameters, fixed: FIXED });
  const patch = useMemo(() => patchOf(namespace.parameters, parameters), [namespace.parameters, parameters]);
  const isChanged = Object.keys(patch).length > 0;
  const plan = usePlan(isChanged && form.isValid ? patch : undefined, next => api.planNamespace(of, next));
  const sending = useSending(patch, () => api.changeNamespace(of, patch));

  return (
    <SendingForm isReady={plan.value !== undefined} onSend={sending.send}>
      {attempts => (
        <RequestFormView
          form={form}
          attempts={attempts}
          panel={
            <ChangePanel title="What the change does" plan={plan} before={namespace.cost.monthly} error={sending.error}>
              {!isChanged && 'Nothing is changed yet.'}
              {isChanged && !form.isValid && 'What it does stands here as soon as what is marked is settled.'}
            </ChangePanel>
          }
        >
          <FormActions>
            <Button type="submit" isDisabled={form.isValid && !plan.value} isPending={sending.isPending}>
              {plan.value?.approval.required ? 'Ask for this change' : 'Change it'}
            </Button>
            <ButtonLink variant="secondary" href={toNamespace?.({ ...of }) ?? ''}>
              Go back
            </ButtonLink>
          </FormActions>
        </RequestFormView>
      )}
    </SendingForm>
  );
}
