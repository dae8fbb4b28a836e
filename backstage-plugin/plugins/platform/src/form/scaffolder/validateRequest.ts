// What the wizard asks before it goes on: the core here, then the server. Who can't be asked lets nothing pass.
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { asProblem, platformApiRef } from '../../api';
import { policySourceOf } from '../policy';
import type { RequestValue } from './BerthRequestField';

interface Finding {
  message: string;
  hint?: string;
  severity: 'error' | 'warning';
}

export const validateRequest: CustomFieldValidator<RequestValue> = async (value, field, { apiHolder }) => {
  const platform = apiHolder.get(platformApiRef);
  const identity = apiHolder.get(identityApiRef);
  if (!platform || !identity) {
    field.addError('This app lacks the plugin of the platform: nothing can be asked for here.');
    return;
  }
  const add = (findings: readonly Finding[]) =>
    findings
      .filter(({ severity }) => severity === 'error')
      .forEach(({ message, hint }) => field.addError(hint ? `${message}: ${hint}` : message));
  try {
    const { blueprint, parameters } = value;
    const policy = await policySourceOf(platform, identity).policy();
    const here = policy.decide(blueprint, parameters, {}, false);
    add(here.violations);
    if (here.valid) {
      add((await platform.validate(blueprint, parameters)).violations);
    }
  } catch (error) {
    const { title, reason } = asProblem(error);
    field.addError(`The request could not be checked, so it can't go on. ${title}: ${reason}`);
  }
};
