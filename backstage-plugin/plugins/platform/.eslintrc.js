// Lint rules: those of Backstage. The client's methods are named as HTTP's; text that scrolls must be reachable by keyboard.
const rules = {
  'new-cap': ['error', { capIsNew: false }],
  'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: ['pre'], roles: ['tabpanel', 'log'] }],
};
module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, { rules });
