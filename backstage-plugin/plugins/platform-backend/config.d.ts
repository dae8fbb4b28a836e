// The configuration of the plugin, for Backstage's own checks and for editors. `src/config/schema.ts` reads it.
import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Berth: self-service requests. Keys that are not listed here stop the start-up. */
  berth?: {
    /**
     * The demo's shortcuts: its well-known token secret and its guest sign-in. Needs a loopback `backend.listen.host`.
     * Default: false.
     */
    demo?: boolean;
    /**
     * Folder with `platform.yaml` and `blueprints/*.yaml`; changes are taken while running. A relative path starts where the
     * backend was started. Without it the documents that come with Berth are used.
     */
    documents?: string;
    /** Issuers whose tokens may call this plugin; see also `backend.auth.externalAccess`. */
    tokens?: Array<{
      /** `iss` of the tokens. Default: `platform-api`. */
      issuer?: string;
      /** `aud` of the tokens. Default: `platform-users`. */
      audience?: string;
      /**
       * Key of HS256 tokens, at least 32 bytes.
       * @visibility secret
       */
      secret?: string;
      /** Where the keys of RS256 tokens are published; instead of `secret`. */
      jwksUrl?: string;
      /** Values of the claim `tenant` that are let in. Default: all. */
      tenants?: string[];
      /** Put before subjects, `external:<prefix>:<sub>`: needed where issuers differ. */
      subjectPrefix?: string;
      /** How far clocks may differ, at most 60. Default: 30. */
      clockSkewSeconds?: number;
    }>;
    /** Users of the catalog by the subject of their tokens, where e-mail addresses can't link them. */
    links?: { [subject: string]: string };
    /** Clusters of the platform document, by name. */
    clusters?: {
      [name: string]: {
        /**
         * An account that may read the cluster: namespaces, and the kinds that blueprints make. With it the backend sees what really stands;
         * without it, its own tables are all it knows.
         */
        inventory?: {
          /** Of the API server, such as `https://10.0.0.1:6443`. */
          url: string;
          /** @visibility secret */
          token?: string;
          /** A file that holds the token; read again when it changes. */
          tokenFile?: string;
          /** A file with the certificates to trust. */
          caFile?: string;
          /** How often the cluster is read. Default: 120. */
          intervalSeconds?: number;
        };
      };
    };
    /** Bounds of the HTTP API. */
    api?: {
      /** The largest body. Default: `256kb`. */
      bodyLimit?: string | number;
      /** How often one caller may call. */
      rateLimits?: {
        /** Default: 120. */
        writesPerMinute?: number;
        /** Default: 6000. */
        readsPerMinute?: number;
      };
    };
    /** Requests that wait for somebody's yes. Durations such as `14d`, `P14D` or `{ days: 14 }`, an hour at least. */
    approvals?: {
      /** A request that nobody has approved for so long lapses. Default: 14 days. */
      expireAfter?: HumanDuration | string;
      /** Its approvers are reminded so long before that. Default: 4 days, or half of `expireAfter` when that is less. */
      remindBefore?: HumanDuration | string;
    };
    /** How long things are kept. Requests and their steps are kept always. Durations as above. */
    retention?: {
      /** What steps printed. Default: 30 days. */
      logs?: HumanDuration | string;
      /** The audit trail. Default: 400 days. */
      events?: HumanDuration | string;
      /** For so long the same `Idempotency-Key` gives the same request. Default: 24 hours. */
      idempotencyKeys?: HumanDuration | string;
    };
  };
  /** The Argo Servers, as for the community's Argo Workflows plugin. */
  argoWorkflows?: {
    /** Which instance to use. Default: the first. */
    defaultInstance?: string;
    instances?: Array<{
      name: string;
      /** Such as `https://argo.company.com`. */
      baseUrl?: string;
      /** @visibility secret */
      token?: string;
      /** A file that holds the token; read again when it changes. */
      tokenFile?: string;
      /** A file with the certificates to trust. */
      caFile?: string;
      /** Where the Workflows stand. Default: `berth-workflows`. */
      namespace?: string;
      /** A duration; a bare number is milliseconds. Default: 30 seconds. */
      timeout?: HumanDuration | string | number;
      /** `workflow-ref` where Argo runs installed WorkflowTemplates only (`templateReferencing`). Default: `workflow`. */
      target?: 'workflow' | 'workflow-ref';
    }>;
  };
}
