// The page that asks for something new. `?blueprint=` says what, `?parameters=` (JSON) fills the form in, as *request again* does.
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Tab, TabList, Tabs } from '@backstage/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { platformApiRef } from '../api';
import { EmptyState, ProblemNote, Screen } from '../parts';
import { type Blueprint, fieldsOf } from './model/fields';
import { seed } from './model/values';
import type { Parameters, Policy, PolicySource } from './policy';
import { PolicyGate } from './PolicyGate';
import { RequestFormView } from './RequestFormView';
import { FormActions, SendingForm } from './SendingForm';
import { useRequestForm } from './useRequestForm';
import { useSending } from './useSending';

export function NewRequestPage() {
  const [query, setQuery] = useSearchParams();
  return (
    <PolicyGate frame={missing => <Screen title="Request">{missing}</Screen>}>
      {(policy, source) => {
        const wanted = query.get('blueprint');
        const blueprint = wanted === null ? (policy.blueprint('namespace') ?? policy.blueprints[0]) : policy.blueprint(wanted);
        return (
          <Screen title={blueprint ? `Request: ${titleOf(blueprint)}` : 'Request'} lead={blueprint?.metadata.description}>
            {policy.blueprints.length > 1 && (
              <Tabs selectedKey={blueprint?.metadata.name ?? ''} onSelectionChange={name => setQuery({ blueprint: String(name) })}>
                <TabList aria-label="What to ask for">
                  {policy.blueprints.map(one => (
                    <Tab key={one.metadata.name} id={one.metadata.name}>
                      {titleOf(one)}
                    </Tab>
                  ))}
                </TabList>
              </Tabs>
            )}
            {blueprint ? (
              <NewRequest key={blueprint.metadata.name} policy={policy} source={source} blueprint={blueprint} given={givenBy(query)} />
            ) : (
              <EmptyState title={`Nobody offers ${wanted}`} action={<Offers blueprints={policy.blueprints} />}>
                The platform has no blueprint of this name. Choose one that it has.
              </EmptyState>
            )}
          </Screen>
        );
      }}
    </PolicyGate>
  );
}

function Offers({ blueprints }: { blueprints: readonly Blueprint[] }) {
  return (
    <FormActions>
      {blueprints.map(blueprint => (
        <ButtonLink key={blueprint.metadata.name} variant="secondary" href={`?${new URLSearchParams({ blueprint: blueprint.metadata.name })}`}>
          {titleOf(blueprint)}
        </ButtonLink>
      ))}
    </FormActions>
  );
}

interface NewRequestProps {
  policy: Policy;
  source: PolicySource;
  blueprint: Blueprint;
  /** What is filled in already. */
  given: Parameters;
}

function NewRequest({ policy, source, blueprint, given }: NewRequestProps) {
  const platform = useApi(platformApiRef);
  const [parameters, setParameters] = useState(() => seed(fieldsOf(blueprint), given, policy.teams(blueprint)));
  const form = useRequestForm({ policy, source, blueprint, parameters, onChange: setParameters });
  const sending = useSending(parameters, key => platform.submit(blueprint.metadata.name, parameters, key));
  return (
    <SendingForm isReady={form.isValid} onSend={sending.send}>
      {attempts => (
        <RequestFormView form={form} attempts={attempts}>
          {sending.error !== undefined && <ProblemNote error={sending.error} />}
          <FormActions>
            <Button type="submit" isPending={sending.isPending}>
              {form.decision.approval.required ? 'Send for approval' : 'Request it'}
            </Button>
          </FormActions>
        </RequestFormView>
      )}
    </SendingForm>
  );
}

function titleOf({ metadata }: Blueprint): string {
  return metadata.title ?? metadata.name;
}

/** What a link fills in; what isn't JSON is left aside. */
function givenBy(query: URLSearchParams): Parameters {
  try {
    const given: unknown = JSON.parse(query.get('parameters') ?? '{}');
    return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
  } catch {
    return {};
  }
}
