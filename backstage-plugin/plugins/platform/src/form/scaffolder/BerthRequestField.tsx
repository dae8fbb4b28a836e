// The field `BerthRequest` of software templates: a whole request, of the blueprint that the template names. Its value is
// `{ blueprint, parameters }`, seeded when it is first shown: a field that was never touched would never be validated.
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { EmptyState } from '../../parts';
import { type Blueprint, fieldsOf } from '../model/fields';
import { seed } from '../model/values';
import type { Parameters, Policy, PolicySource } from '../policy';
import { PolicyGate } from '../PolicyGate';
import { RequestFormView } from '../RequestFormView';
import { useRequestForm } from '../useRequestForm';

/** What the field hands to the template. */
export interface RequestValue {
  blueprint: string;
  parameters: Parameters;
}

/** `ui:options` of the field. */
export interface BerthRequestOptions {
  /** The blueprint; `namespace` when left out. */
  blueprint?: string;
}

export type BerthRequestFieldProps = FieldExtensionComponentProps<RequestValue, BerthRequestOptions>;

export function BerthRequestField(props: BerthRequestFieldProps) {
  const name = props.uiSchema?.['ui:options']?.blueprint ?? 'namespace';
  return (
    <PolicyGate>
      {(policy, source) => {
        const blueprint = policy.blueprint(name);
        return blueprint ? (
          <RequestField {...props} policy={policy} source={source} blueprint={blueprint} />
        ) : (
          <EmptyState title={`Nobody offers ${name}`}>The platform has no blueprint of this name: the template asks for one that is gone.</EmptyState>
        );
      }}
    </PolicyGate>
  );
}

interface RequestFieldProps extends BerthRequestFieldProps {
  policy: Policy;
  source: PolicySource;
  blueprint: Blueprint;
}

function RequestField({ policy, source, blueprint, formData, onChange, rawErrors }: RequestFieldProps) {
  const { name } = blueprint.metadata;
  const [parameters, setParameters] = useState(() => seed(fieldsOf(blueprint), formData?.parameters ?? {}, policy.teams(blueprint)));
  const handOver = useHandOver(onChange, { blueprint: name, parameters });
  const form = useRequestForm({ policy, source, blueprint, parameters, onChange: setParameters });
  const attempts = useAttempts(rawErrors);
  return (
    <div onBlur={handOver} onKeyDownCapture={event => event.key === 'Enter' && handOver()}>
      <RequestFormView form={form} attempts={attempts} />
    </div>
  );
}

/**
 * Gives the value to the wizard after the answer to a keystroke has been painted, since the wizard draws itself anew; and at once when
 * the returned function is called.
 */
function useHandOver(onChange: (value: RequestValue) => void, value: RequestValue): () => void {
  const latest = useRef({ onChange, value, given: '' });
  latest.current.onChange = onChange;
  latest.current.value = value;
  const handOver = useCallback(() => {
    const { value: next, given, onChange: give } = latest.current;
    const text = JSON.stringify(next);
    if (text !== given) {
      latest.current.given = text;
      give(next);
    }
  }, []);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(handOver, 50);
    return () => clearTimeout(timer);
  }, [handOver, text]);
  return handOver;
}

/** Counts how often the wizard was asked to go on and found something wrong. */
function useAttempts(rawErrors: string[] | undefined): number {
  const [attempts, setAttempts] = useState(0);
  const hasErrors = (rawErrors?.length ?? 0) > 0;
  useEffect(() => {
    if (hasErrors) {
      setAttempts(count => count + 1);
    }
  }, [hasErrors, rawErrors]);
  return attempts;
}
