// The configuration that the pages read.
export interface Config {
  argoWorkflows?: {
    /** @visibility frontend */
    defaultInstance?: string;
    instances?: Array<{
      /** @visibility frontend */
      name: string;
      /**
       * Where Argo's own pages are, such as `https://argo.company.com`: requests link to them. Without it they don't.
       * @visibility frontend
       */
      uiUrl?: string;
      /** @visibility frontend */
      namespace?: string;
    }>;
  };
}
