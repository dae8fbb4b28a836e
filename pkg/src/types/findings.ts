// The types of schemas/findings.schema.json. Written by scripts/types.mjs.

/** What kind of finding; `docs/policy-check.md` has an example of each. */
export type FindingCode =
  | 'approver-unknown'
  | 'limit-impossible'
  | 'no-valid-request'
  | 'rule-never-fires'
  | 'rule-cannot-be-met'
  | 'rule-redundant'
  | 'rules-contradict'
  | 'option-never-allowed'
  | 'option-never-allowed-in'
  | 'parameter-never-allowed'
  | 'default-not-allowed'
  | 'cost-beyond-every-budget'
  | 'value-impossible'
  | 'approval-never-needed'
  | 'step-never-applies'
  | 'manifest-never-applies'
  | 'manifest-value-never-applies';
/** How bad a finding is. */
export type FindingSeverity = 'error' | 'warning' | 'note';

/** What was found in the documents. */
export interface Findings {
  /** What is worth knowing: the platform first, then blueprint by blueprint. */
  findings: Finding[];
  /** How much was looked at, blueprint by blueprint. */
  coverage: Coverage[];
  /** For every option that may be chosen, a valid request that does; only when asked for. */
  witnesses?: Witness[];
  /** Hash of the documents, as in decisions. */
  policyDigest: string;
  /** The version of the core that looked. */
  coreVersion: string;
}

/** Something that is probably not meant, or worth knowing. */
export interface Finding {
  /** What kind. */
  code: FindingCode;
  /** How bad. */
  severity: FindingSeverity;
  /** The blueprint; left out, it is about the platform document. */
  blueprint?: string;
  /** JSON pointer into that document. */
  pointer: string;
  /** The ids of the rules that it is about, or that are the reason. */
  rules?: string[];
  /** The parameter. */
  field?: string;
  /** The option of the parameter. */
  option?: string;
  /** The environment in which it is so; left out, in all of them. */
  environment?: string;
  /** The id of the step or of the approval. */
  part?: string;
  /** What is so, for people. */
  message: string;
  /** What to do, for people. */
  hint?: string;
  /** The parameters of the smallest request that shows it, where a request can. */
  example?: {
    [k: string]: unknown;
  };
}

/** How much of a blueprint was looked at. */
export interface Coverage {
  /** The blueprint. */
  blueprint: string;
  /** The parameters that its conditions mention. */
  fields: string[];
  /** How many combinations their values have, as far as conditions tell them apart; 2^53−1 stands for more. */
  combinations: number;
  /** Does every answer hold for all requests that there can be? */
  exhaustive: boolean;
  /** What stayed open, and why. */
  gaps?: string[];
}

/** A valid request that has an option. */
export interface Witness {
  /** The blueprint. */
  blueprint: string;
  /** The parameter. */
  field: string;
  /** The option. */
  option: string;
  /** The parameters. */
  example: {
    [k: string]: unknown;
  };
}
