// Lint rules: those of Backstage for this kind of package.
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname);
