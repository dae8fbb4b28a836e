// Watches the WebAssembly modules that the package starts: how many there were, and how much memory the last one has.
const { Instance } = WebAssembly;
const memories = [];

WebAssembly.Instance = function watched(...args) {
  const instance = new Instance(...args);
  memories.push(instance.exports.memory);
  return instance;
};

/** How many modules were started. */
export const started = () => memories.length;

/** Bytes of memory of the module that was started last; memory of a module never shrinks. */
export const memory = () => memories.at(-1).buffer.byteLength;
