// Taking over a namespace that was made without Berth: what it shall be, and beside it what that would change, before anybody is asked.
// `?name=`, `?team=` and `?environment=` fill the form in.
import { useMemo, useRef, useState } from 'react';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import { type Blueprint, fieldsOf } from '../form/model/fields';
import { seed } from '../form/model/values';
import type { Policy, PolicySource } from '../form/policy';
import { PolicyGate } from '../form/PolicyGate';
import { RequestFormView } from '../form/RequestFormView';
import { useRequestForm } from '../form/useRequestForm';
import { EmptyState, LoadingState, ProblemNote, Screen } from '../parts';
import { namespacesRouteRef, requestRouteRef } from '../routes';
import styles from './AdoptPage.module.css';
import { ChangeView } from './ChangeView';
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
  const navigate = useNavigate();
  const toRequest = useRouteRef(requestRouteRef);
  const toNamespaces = useRouteRef(namespacesRouteRef);
  const [query] = useSearchParams();
  const { scope } = blueprint.spec;
  const [parameters, setParameters] = useState(() => {
    const given = { [scope.name]: query.get('name'), [scope.team]: query.get('team'), [scope.environment]: query.get('environment') };
    return seed(fieldsOf(blueprint), given, policy.teams(blueprint));
  });
  const form = useRequestForm({ policy, source, blueprint, parameters, onChange: setParameters });
  const [attempts, setAttempts] = useState(0);
  const [sending, setSending] = useState<{ isPending: boolean; error?: unknown }>({ isPending: false });
  const isSending = useRef(false);

  const plan = usePlan(form.isValid ? parameters : undefined, chosen => api.planAdoption(String(chosen[scope.name]), chosen));
  const content = JSON.stringify(parameters);
  // The same values are the same request, however often the button is pressed.
  const key = useMemo(() => ({ content, value: crypto.randomUUID() }), [content]).value;

  const send = async () => {
    if (!plan.value) {
      setAttempts(count => count + 1);
      return;
    }
    if (isSending.current) {
      return;
    }
    isSending.current = true;
    setSending({ isPending: true });
    try {
      const { requestId } = await api.adoptNamespace(String(parameters[scope.name]), parameters, key);
      navigate(toRequest?.({ requestId }) ?? '');
    } catch (error) {
      setSending({ isPending: false, error });
    } finally {
      isSending.current = false;
    }
  };

  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <RequestFormView
        // It has its name already: whether that is free is not the question.
        form={{ ...form, name: 'unasked' }}
        attempts={attempts}
        panel={
          <div className={styles.panel}>
            <h3 className={styles.title}>What adopting it does</h3>
            {!form.isValid && <p className={styles.quiet}>What would change stands here as soon as the form is complete.</p>}
            {plan.isLoading && <LoadingState label="What stands is being compared" rows={4} height={24} />}
            {plan.error !== undefined && <ProblemNote error={plan.error} />}
            {plan.value && <ChangeView plan={plan.value} before={0} />}
            {sending.error !== undefined && <ProblemNote error={sending.error} />}
            <div className={styles.actions}>
              <Button type="submit" isPending={sending.isPending} isDisabled={form.isValid && !plan.value}>
                Ask to adopt it
              </Button>
              <ButtonLink variant="secondary" href={toNamespaces?.() ?? ''}>
                Go back
              </ButtonLink>
            </div>
          </div>
        }
      />
    </form>
  );
}
