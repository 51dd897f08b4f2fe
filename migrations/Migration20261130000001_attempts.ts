import { Migration } from '@mikro-orm/migrations';

/** The tenant of the current transaction, or null: then no row matches. */
const HERE = `nullif(current_setting('app.tenant_id', true), '')::uuid`;
/** The tenants of the worker's current batch, evaluated once a statement. */
const BATCH = `(select unnest(nullif(current_setting('app.tenant_ids', true), '')::uuid[]))`;

/** WhatsApp's ids of all attempts of a message, so that what comes late about one still finds it. */
export class Migration20261130000001_attempts extends Migration {
  override up(): void {
    this.addSql(ATTEMPTS);
  }
}

// Of the attempt that is shown, `message` has it. wamid: sealed as message.wamid is.
const ATTEMPTS = `
  create table attempt_wamid (
    tenant_id uuid not null default ${HERE},
    wamid_index bytea not null,
    message_id uuid not null,
    attempt smallint not null,
    wamid bytea not null,
    primary key (tenant_id, wamid_index),
    foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade
  );
  create index attempt_wamid_message on attempt_wamid (tenant_id, message_id, attempt);

  alter table attempt_wamid enable row level security;
  alter table attempt_wamid force row level security;
  create policy tenant_isolation on attempt_wamid to cube_app using (tenant_id = ${HERE}) with check (tenant_id = ${HERE});
  create policy worker_batch on attempt_wamid to cube_worker using (tenant_id in ${BATCH}) with check (tenant_id in ${BATCH});
  grant select, insert, update, delete on attempt_wamid to cube_app, cube_worker;
`;
