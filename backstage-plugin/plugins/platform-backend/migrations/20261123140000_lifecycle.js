// The life of what stands: requests that change it or give it back, and what stands itself.
// Only adds: a release that doesn't know these columns leaves them null, which reads as a request of kind `create`.

/** How many rows of an older release are taken over at once. */
const BATCH = 500;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('requests', table => {
    table.string('origin_id', 63).comment('Of a request about what stands: the request that made it');
    table.text('purpose').comment('Why, where the kind alone does not say so');
    table.bigInteger('held_cost').comment('What it counts against the budget; null: the monthly cost while it holds the name');
    table.bigInteger('cost_before').comment('Of a change: the monthly cost of what stands');
    table.boolean('blocks').comment('No other request about the same thing meanwhile');
  });
  await knex.raw('CREATE UNIQUE INDEX requests_one_at_a_time ON requests (origin_id) WHERE blocks');
  await knex.raw('CREATE INDEX requests_by_origin ON requests (origin_id) WHERE origin_id IS NOT NULL');

  await knex.schema.createTable('namespaces', table => {
    table.comment('What stands, as it was carried out last');
    table.string('request_id', 63).primary().references('id').inTable('requests');
    for (const column of ['blueprint', 'cluster', 'name', 'team', 'environment', 'state', 'parameters']) {
      table.text(column).notNullable();
    }
    table.string('applied_by', 63).notNullable().comment('The request that was carried out last');
    table.text('plan_digest').notNullable();
    table.bigInteger('monthly_cost').notNullable().comment('Minor units');
    table.text('currency').notNullable();
    table.text('stood_at').notNullable();
    table.text('updated_at').notNullable();
    for (const column of ['expires_at', 'warned', 'delete_at', 'gone_at', 'gone_why']) {
      table.text(column);
    }
    table.index(['cluster', 'name'], 'namespaces_by_name');
    table.index(['expires_at'], 'namespaces_by_end');
    table.index(['delete_at'], 'namespaces_by_deletion');
  });
  for (let last = ''; ; ) {
    const rows = await knex('requests')
      .where({ status: 'completed' })
      .whereRaw('holds_name')
      .where('id', '>', last)
      .orderBy('id')
      .limit(BATCH);
    if (rows.length === 0) {
      break;
    }
    await knex.batchInsert('namespaces', rows.map(standing), 50);
    last = rows.at(-1).id;
  }
};

/** What stands by a request that was completed before this release. */
function standing(row) {
  const { expiresAt } = JSON.parse(row.parameters);
  const end = typeof expiresAt === 'string' ? Date.parse(expiresAt) : NaN;
  return {
    request_id: row.id,
    blueprint: row.blueprint,
    cluster: row.cluster,
    name: row.name,
    team: row.team,
    environment: row.environment,
    state: 'standing',
    parameters: row.parameters,
    applied_by: row.id,
    plan_digest: row.plan_digest,
    monthly_cost: row.monthly_cost,
    currency: row.currency,
    stood_at: row.finished_at ?? row.updated_at,
    updated_at: row.updated_at,
    expires_at: Number.isNaN(end) ? null : new Date(end).toISOString(),
  };
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('namespaces');
  await knex.raw('DROP INDEX requests_one_at_a_time');
  await knex.raw('DROP INDEX requests_by_origin');
  // Not knex's dropColumns: on SQLite that copies the table and drops the old one, and with it all that refers to it.
  for (const column of ['origin_id', 'purpose', 'held_cost', 'cost_before', 'blocks']) {
    await knex.raw('ALTER TABLE requests DROP COLUMN ??', [column]);
  }
};
