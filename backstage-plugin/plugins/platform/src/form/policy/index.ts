// The policy that forms decide by.
export { type Known, type Parameters, Policy } from './Policy';
export { policySourceOf, PolicySource, type PolicyState } from './PolicySource';
export { usePolicy } from './usePolicy';
