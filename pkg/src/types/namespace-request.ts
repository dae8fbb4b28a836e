// The types of schemas/namespace.request.schema.json. Written by scripts/types.mjs.

/** A namespace with quota, access for the team, network policies and the features it asks for. */
export interface NamespaceParameters {
  /** Lower-case letters, digits and hyphens, with a letter or digit at both ends. */
  namespaceName: string;
  /** The team that owns the namespace. */
  team: string;
  environment: 'development' | 'staging' | 'production';
  /** How much the namespace may use. */
  resourceTier?: 'micro' | 'small' | 'medium' | 'large';
  /** Who may talk to the pods of the namespace. */
  networkPolicy?: 'isolated' | 'team-shared' | 'open';
  features?: (
    | 'istio-injection'
    | 'monitoring-enhanced'
    | 'backup-enabled'
    | 'external-ingress'
    | 'database-access'
    | 'gpu-access'
  )[];
  /** What the namespace is for, in a sentence. */
  description?: string;
  costCenter?: string;
  /** The day and time from which the namespace may go. */
  expiresAt?: string;
}
