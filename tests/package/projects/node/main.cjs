// A CommonJS module in Node.
const { answers, yamlAnswers } = require('./answers.cjs');

const first = answers();
yamlAnswers().then(others => process.stdout.write(JSON.stringify({ ...first, ...others })));
