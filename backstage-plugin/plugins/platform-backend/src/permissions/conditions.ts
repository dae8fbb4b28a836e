// For those who write a permission policy: conditions on requests, by the rules of rules.ts.
import { createConditionExports } from '@backstage/plugin-permission-node';
import { requestResourceRef, requestRules } from './rules';

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: requestResourceRef,
  // Conditions are names and parameters; they are judged in the plugin, which has the documents.
  rules: requestRules(() => {
    throw new Error('conditions are judged by the plugin `platform`');
  }),
});

/** `requestConditions.isTeamMember({ claims })` and the like. */
export const requestConditions = conditions;

/** Makes a decision of conditions, for `PermissionPolicy.handle`. */
export const createRequestConditionalDecision = createConditionalDecision;
