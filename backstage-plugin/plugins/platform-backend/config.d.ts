/** What the backend of Berth reads from the configuration of Backstage. */
export interface Config {
  /** The Argo Servers that carry requests out. The block has the shape of the community plugin's, so that it serves both. */
  argoWorkflows?: {
    /** The instance that is meant when none is named; the first one with a `baseUrl` when left out. */
    defaultInstance?: string;
    instances?: Array<{
      /** A name of your choice. Requests remember it: don't rename an instance while requests are open. */
      name: string;
      /**
       * The address of Argo Server, such as `https://argo.company.com` (usually `${ARGO_WORKFLOWS_URL}`).
       * Instances without one are the community plugin's alone.
       */
      baseUrl?: string;
      /**
       * The token to send. Give this or `tokenFile`; neither for `berth sandbox`.
       * @visibility secret
       */
      token?: string;
      /** A file with the token. It is read again each minute, and when Argo refuses the token. */
      tokenFile?: string;
      /** A PEM file with the authorities that may sign Argo's certificate, instead of the well-known ones. */
      caFile?: string;
      /**
       * Where Workflows stand (usually `${ARGO_NAMESPACE}`); must be `workflow.namespace` of the platform document.
       * `berth-workflows` when left out.
       */
      namespace?: string;
      /**
       * How long an answer may take (usually `${ARGO_TIMEOUT}`): `30s`, `PT30S`, `{ seconds: 30 }`, or a bare number of
       * milliseconds. 30 seconds when left out.
       */
      timeout?: string | number | { seconds?: number; milliseconds?: number };
    }>;
  };
}
