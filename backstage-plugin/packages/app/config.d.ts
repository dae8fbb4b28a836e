// What of the demo app's configuration the browser may read.
export interface Config {
  auth?: {
    providers?: {
      /** Sign-in of the demo, by choosing somebody. It works with `berth.demo` and on loopback alone. */
      persona?: {
        /** @deepVisibility frontend */
        people: Array<{
          /** Name of the user in the catalog. */
          name: string;
          title: string;
          role: string;
          about: string;
        }>;
      };
    };
  };
}
