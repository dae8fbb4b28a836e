// Lint rules: those of Backstage. The client's methods are named as HTTP's.
const rules = { 'new-cap': ['error', { capIsNew: false }] };
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, { rules });
