// Watches the WebAssembly modules that the package starts: how many there were, and how much memory the last one has. The rest of a
// module in two parts has no memory of its own; it is counted apart.
const { Instance } = WebAssembly;
const memories = [];
let loaded = 0;

WebAssembly.Instance = function watched(...args) {
  const instance = new Instance(...args);
  if (instance.exports.memory === undefined) loaded += 1;
  else memories.push(instance.exports.memory);
  return instance;
};

/** How many modules were started. */
export const started = () => memories.length;

/** How often the rest of one was loaded. */
export const restsLoaded = () => loaded;

/** Bytes of memory of the module that was started last; memory of a module never shrinks. */
export const memory = () => memories.at(-1).buffer.byteLength;
