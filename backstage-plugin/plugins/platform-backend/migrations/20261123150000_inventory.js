// What clusters say of what stands, where there is an account to read them with. Only adds.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('requests', table => {
    table.text('wanted_digest').comment('Of what shall stand, whatever stands before it; null: the plan digest');
  });
  await knex.schema.createTable('observations', table => {
    table.comment('What was seen of each namespace that Berth has made, or that carries its labels');
    table.text('cluster').notNullable();
    table.text('name').notNullable();
    table.text('uid');
    table.string('request_id', 63).comment('By its label');
    table.text('team').comment('By its label');
    table.text('environment').comment('By its label');
    table.text('phase').notNullable().comment('Active, Terminating, or Missing');
    table.text('held_by').comment('What keeps a namespace that terminates, for people');
    table.text('usage').notNullable();
    table.text('drift').notNullable();
    table.text('drift_told').comment('Digest of the drift that people were told of');
    table.text('seen_at').notNullable();
    table.text('missing_since');
    table.primary(['cluster', 'name']);
  });
  await knex.schema.createTable('inventories', table => {
    table.comment('When each cluster was read the last time');
    table.text('cluster').primary();
    table.text('read_at').comment('The last time that all went well');
    table.text('tried_at').notNullable();
    table.integer('every_seconds').notNullable().comment('How often it is read');
    table.text('error');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('inventories');
  await knex.schema.dropTable('observations');
  // Not by knex, which copies the table on SQLite and drops the old one, and with it what refers to it.
  await knex.raw('ALTER TABLE requests DROP COLUMN ??', ['wanted_digest']);
};
