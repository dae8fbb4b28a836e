// The documents that come with Berth are a part of the page: the bundler reads them as text.
declare module '*.yaml' {
  const text: string;
  export default text;
}
