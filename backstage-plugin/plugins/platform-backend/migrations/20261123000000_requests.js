// The first tables: requests, what happened to them, what is still to be done for them.
// Times are ISO 8601 text in UTC, JSON is text, money is integer minor units: the same on SQLite and PostgreSQL.
// docs/requests.md says what each table is for, and how later migrations must be written (expand, then contract).

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('requests', table => {
    table.string('id', 63).primary();
    for (const column of ['blueprint', 'kind', 'cluster', 'name', 'team', 'environment']) {
      table.text(column).notNullable();
    }
    table.text('parameters').notNullable();
    table.text('requester').notNullable().comment('The actor, as JSON');
    table.text('requester_identity').notNullable().comment('The person, after linking');
    table.text('status').notNullable();
    table.integer('version').notNullable();
    table.integer('attempt').notNullable();
    table.text('workflow_name');
    for (const column of ['workflow_namespace', 'argo_instance', 'policy_digest', 'core_version', 'plan_digest']) {
      table.text(column).notNullable();
    }
    table.bigInteger('monthly_cost').notNullable().comment('Minor units');
    table.text('currency').notNullable();
    table.text('approval').notNullable();
    table.text('approvals').notNullable();
    table.text('error');
    table.text('rollback').notNullable();
    table.boolean('holds_name').notNullable();
    for (const column of ['cancel_requested_at', 'changes_asked_at', 'expires_at', 'reminded_at']) {
      table.text(column);
    }
    table.text('created_at').notNullable();
    table.text('updated_at').notNullable();
    table.text('submitted_at');
    table.text('finished_at');
    table.index(['created_at', 'id'], 'requests_by_time');
    table.index(['team', 'created_at', 'id'], 'requests_by_team');
    table.index(['requester_identity', 'created_at', 'id'], 'requests_by_requester');
  });
  await knex.raw('CREATE UNIQUE INDEX requests_live_name ON requests (cluster, name) WHERE holds_name');
  await knex.raw(
    "CREATE INDEX requests_open ON requests (status) WHERE status IN ('pending-approval', 'queued', 'provisioning')",
  );
  await knex.raw("CREATE INDEX requests_rolling_back ON requests (rollback) WHERE rollback = 'running'");

  await knex.schema.createTable('approvers', table => {
    table.comment('Whose yes a request waits for: groups and claims');
    table.text('claim').notNullable();
    table.string('request_id', 63).notNullable().references('id').inTable('requests').onDelete('CASCADE');
    table.primary(['claim', 'request_id']);
    table.index(['request_id'], 'approvers_by_request');
  });

  await knex.schema.createTable('teams', table => {
    table.comment('What each team holds: its row is locked while its limits are judged');
    table.text('team').primary();
    table.integer('namespaces').notNullable();
    table.bigInteger('monthly_cost').notNullable().comment('Minor units');
  });

  await knex.schema.createTable('events', table => {
    table.comment('The audit trail; lines are only added');
    table.bigIncrements('id');
    table.string('request_id', 63).notNullable();
    table.text('at').notNullable();
    table.text('actor_ref').notNullable();
    table.text('action').notNullable();
    table.text('from_status');
    table.text('to_status').notNullable();
    table.integer('version').notNullable();
    table.integer('attempt').notNullable();
    table.text('comment');
    table.text('details');
    table.index(['request_id', 'id'], 'events_by_request');
    table.index(['at'], 'events_by_time');
  });

  await knex.schema.createTable('outbox', table => {
    table.comment('What is still to be said to Argo or to people');
    table.bigIncrements('id');
    table.text('kind').notNullable();
    table.string('request_id', 63).notNullable();
    table.integer('attempt').notNullable();
    table.text('payload').notNullable();
    table.text('policy_digest');
    table.text('core_version');
    table.text('available_at').notNullable();
    table.text('leased_by');
    table.boolean('in_doubt').notNullable().comment('An earlier try may have done it, though nobody heard so');
    table.integer('tries').notNullable();
    table.text('last_error');
    table.text('created_at').notNullable();
    table.index(['kind', 'available_at'], 'outbox_due');
    table.index(['request_id'], 'outbox_by_request');
  });

  await knex.schema.createTable('idempotency_keys', table => {
    table.text('actor_ref').notNullable();
    table.text('key').notNullable();
    table.text('body_hash').notNullable();
    table.string('request_id', 63).notNullable();
    table.text('created_at').notNullable();
    table.primary(['actor_ref', 'key']);
    table.index(['created_at'], 'idempotency_keys_by_time');
  });

  await knex.schema.createTable('steps', table => {
    table.string('request_id', 63).notNullable();
    table.integer('attempt').notNullable();
    table.string('step_id', 255).notNullable();
    table.integer('position').notNullable();
    table.text('phase').notNullable();
    table.text('started_at');
    table.text('finished_at');
    table.text('message');
    table.integer('retries').notNullable();
    table.primary(['request_id', 'attempt', 'step_id']);
  });

  await knex.schema.createTable('step_logs', table => {
    table.string('request_id', 63).notNullable();
    table.integer('attempt').notNullable();
    table.string('step_id', 255).notNullable();
    table.text('content').notNullable();
    table.boolean('truncated').notNullable();
    table.text('stored_at').notNullable();
    table.primary(['request_id', 'attempt', 'step_id']);
    table.index(['stored_at'], 'step_logs_by_time');
  });

  await knex.schema.createTable('leases', table => {
    table.comment('Which process does what only one may do');
    table.string('name', 191).primary();
    table.text('holder').notNullable();
    table.text('expires_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  const tables = ['leases', 'step_logs', 'steps', 'idempotency_keys', 'outbox', 'events', 'teams', 'approvers', 'requests'];
  for (const table of tables) {
    await knex.schema.dropTable(table);
  }
};
