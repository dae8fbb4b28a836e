// A CommonJS module in Node.
const { answers, bareAnswers, yamlAnswers } = require('./answers.cjs');

const first = answers();
Promise.all([bareAnswers(), yamlAnswers()]).then(others => process.stdout.write(JSON.stringify(Object.assign(first, ...others))));
