// Taking over a namespace that was made without Berth: what it shall be, and beside it what that would change, before anybody is asked.
// `?name=`, `?team=` and `?environment=` fill the form in.
import { useState } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import { type Blueprint, fieldsOf } from '../form/model/fields';
import { seed } from '../form/model/values';
import type { Policy, PolicySource } from '../form/policy';
import { PolicyGate } from '../form/PolicyGate';
import { RequestFormView } from '../form/RequestFormView';
import { FormActions, SendingForm } from '../form/SendingForm';
import { useRequestForm } from '../form/useRequestForm';
import { useSending } from '../form/useSending';
import { EmptyState, Screen } from '../parts';
import { namespacesRouteRef } from '../routes';
import { ChangePanel } from './ChangePanel';
import { usePlan } from './usePlan';

export function AdoptPage() {
  return (
    <Screen
      title="Adopt a namespace"
      lead="One that stands already and was made without Berth. Say what it shall be; beside it stands what that would change. Somebody must always agree."
    >
      <PolicyGate>
        {(policy, source) => {
          const blueprint = policy.blueprint('namespace');
          return blueprint ? (
            <Adopt policy={policy} source={source} blueprint={blueprint} />
          ) : (
            <EmptyState title="Namespaces are not offered here">The platform has no blueprint `namespace`, so there is nothing to adopt one by.</EmptyState>
          );
        }}
      </PolicyGate>
    </Screen>
  );
}

function Adopt({ policy, source, blueprint }: { policy: Policy; source: PolicySource; blueprint: Blueprint }) {
  const api = useApi(platformApiRef);
  const toNamespaces = useRouteRef(namespacesRouteRef);
  const [query] = useSearchParams();
  const { scope } = blueprint.spec;
  const [parameters, setParameters] = useState(() => {
    const given = { [scope.name]: query.get('name'), [scope.team]: query.get('team'), [scope.environment]: query.get('environment') };
    return seed(fieldsOf(blueprint), given, policy.teams(blueprint));
  });
  const form = useRequestForm({ policy, source, blueprint, parameters, onChange: setParameters });
  const plan = usePlan(form.isValid ? parameters : undefined, chosen => api.planAdoption(String(chosen[scope.name]), chosen));
  const sending = useSending(parameters, key => api.adoptNamespace(String(parameters[scope.name]), parameters, key));

  return (
    <SendingForm isReady={plan.value !== undefined} onSend={sending.send}>
      {attempts => (
        <RequestFormView
          // It has its name already: whether that is free is not the question.
          form={{ ...form, name: 'unasked' }}
          attempts={attempts}
          panel={
            <ChangePanel title="What adopting it does" plan={plan} before={0} error={sending.error}>
              {!form.isValid && 'What would change stands here as soon as the form is complete.'}
            </ChangePanel>
          }
        >
          <FormActions>
            <Button type="submit" isPending={sending.isPending} isDisabled={form.isValid && !plan.value}>
              Ask to adopt it
            </Button>
            <ButtonLink variant="secondary" href={toNamespaces?.() ?? ''}>
              Go back
            </ButtonLink>
          </FormActions>
        </RequestFormView>
      )}
    </SendingForm>
  );
}
