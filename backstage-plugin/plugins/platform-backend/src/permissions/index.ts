// Who may see and do what with requests.
export { Access, VIEWS } from './Access';
export { createRequestConditionalDecision, requestConditions } from './conditions';
export { requestResourceRef, requestRules } from './rules';
