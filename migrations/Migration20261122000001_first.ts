import { Migration } from '@mikro-orm/migrations';

/** The tenant of the current transaction, or null: then no row matches. */
const HERE = `nullif(current_setting('app.tenant_id', true), '')::uuid`;
/** The tenants of the worker's current batch, evaluated once a statement. */
const BATCH = `(select unnest(nullif(current_setting('app.tenant_ids', true), '')::uuid[]))`;

/** Tables that carry `tenant_id` and are closed to every other tenant, the table's owner included. */
const TENANT_TABLES = [
  'role',
  'member',
  'api_key',
  'tenant_key',
  'whatsapp_number',
  'contact',
  'contact_key',
  'contact_identity',
  'contact_word',
  'service_window',
  'conversation',
  'message',
  'message_status',
  'parked_status',
  'event',
  'idempotency',
];

export class Migration20261122000001_first extends Migration {
  override up(): void {
    this.addSql(CLOCK);
    this.addSql(PLATFORM);
    this.addSql(IDENTITY);
    this.addSql(PEOPLE);
    this.addSql(MESSAGES);
    this.addSql(LOG);
    this.addSql(QUEUES);
    for (const table of TENANT_TABLES) this.addSql(closed(table));
    this.addSql(EXCEPTIONS);
    this.addSql(FUNCTIONS);
  }
}

const CLOCK = `
  -- The product's only clock. Tests replace this function to move time.
  create function cube_now() returns timestamptz language sql stable as 'select now()';
`;

const PLATFORM = `
  create table platform_key (
    id uuid primary key,
    kind text not null,
    name text not null,
    wrapped bytea not null,
    created_at timestamptz(3) not null default cube_now(),
    unique (kind, name)
  );
  create table tenant (
    id uuid primary key,
    name text not null,
    locale text not null,
    time_zone text not null,
    is_test boolean not null default false,
    created_at timestamptz(3) not null default cube_now()
  );
  create table tenant_key (
    tenant_id uuid not null references tenant (id),
    id uuid not null,
    kind text not null check (kind in ('DATA', 'INDEX')),
    wrapped bytea not null,
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id)
  );
  create table lookup (
    kind text not null,
    digest bytea not null,
    tenant_id uuid,
    id uuid not null,
    primary key (kind, digest, id)
  );
  -- A user may be a member of several tenants; all else is found by one digest.
  create unique index lookup_single on lookup (kind, digest) where kind <> 'MEMBER';
`;

const IDENTITY = `
  create table "user" (
    id uuid primary key,
    email bytea not null,
    name bytea not null,
    password_hash text not null,
    locale text not null,
    created_at timestamptz(3) not null default cube_now()
  );
  create table role (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    name text not null,
    permissions text[] not null,
    is_system boolean not null default false,
    primary key (tenant_id, id),
    unique (tenant_id, name)
  );
  create table member (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    user_id uuid not null references "user" (id),
    role_id uuid not null,
    created_at timestamptz(3) not null default cube_now(),
    removed_at timestamptz(3),
    primary key (tenant_id, id),
    unique (tenant_id, user_id),
    foreign key (tenant_id, role_id) references role (tenant_id, id)
  );
  create table session (
    id uuid primary key,
    digest bytea not null unique,
    user_id uuid not null references "user" (id),
    tenant_id uuid not null references tenant (id),
    member_id uuid not null,
    created_at timestamptz(3) not null default cube_now(),
    last_used_at timestamptz(3) not null default cube_now(),
    revoked_at timestamptz(3),
    foreign key (tenant_id, member_id) references member (tenant_id, id)
  );
  create table api_key (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    name text not null,
    digest bytea not null,
    scopes text[] not null,
    is_test boolean not null,
    created_by_id uuid,
    created_at timestamptz(3) not null default cube_now(),
    last_used_at timestamptz(3),
    expires_at timestamptz(3),
    revoked_at timestamptz(3),
    primary key (tenant_id, id),
    foreign key (tenant_id, created_by_id) references member (tenant_id, id)
  );
`;

const PEOPLE = `
  create table whatsapp_number (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    phone_number_id text not null,
    waba_id text not null,
    display_phone text not null,
    name text not null,
    access_token bytea not null,
    is_test boolean not null,
    status text not null default 'CONNECTED' check (status in ('CONNECTED', 'PAUSED')),
    paused_reason text,
    messages_per_second int not null default 80,
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id),
    unique (tenant_id, phone_number_id)
  );
  create table contact (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    key_id uuid not null,
    name bytea,
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id)
  );
  create table contact_key (
    tenant_id uuid not null default ${HERE},
    id uuid not null,
    contact_id uuid not null,
    wrapped bytea not null,
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contact (tenant_id, id) deferrable initially deferred
  );
  create index contact_key_contact on contact_key (tenant_id, contact_id);
  create table contact_identity (
    tenant_id uuid not null default ${HERE},
    id uuid not null,
    contact_id uuid not null,
    kind text not null check (kind in ('PHONE', 'BSUID', 'USERNAME')),
    value bytea not null,
    value_index bytea not null,
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id),
    unique (tenant_id, kind, value_index),
    foreign key (tenant_id, contact_id) references contact (tenant_id, id)
  );
  create index contact_identity_contact on contact_identity (tenant_id, contact_id, id);
  create table contact_word (
    tenant_id uuid not null default ${HERE},
    word bytea not null,
    contact_id uuid not null,
    primary key (tenant_id, word, contact_id),
    foreign key (tenant_id, contact_id) references contact (tenant_id, id)
  );
  create index contact_word_contact on contact_word (tenant_id, contact_id);
  create table service_window (
    tenant_id uuid not null default ${HERE},
    contact_id uuid not null,
    number_id uuid not null,
    last_inbound_at timestamptz(3) not null,
    primary key (tenant_id, contact_id, number_id),
    foreign key (tenant_id, contact_id) references contact (tenant_id, id),
    foreign key (tenant_id, number_id) references whatsapp_number (tenant_id, id)
  );
`;

const MESSAGES = `
  create table conversation (
    tenant_id uuid not null default ${HERE},
    id uuid not null,
    contact_id uuid not null,
    number_id uuid not null,
    status text not null default 'OPEN' check (status in ('OPEN', 'PENDING', 'SNOOZED', 'RESOLVED')),
    assignee_id uuid,
    unread_count int not null default 0,
    last_message_id uuid,
    last_message_seq bigint not null default 0,
    last_activity_at timestamptz(3) not null default cube_now(),
    created_at timestamptz(3) not null default cube_now(),
    resolved_at timestamptz(3),
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contact (tenant_id, id),
    foreign key (tenant_id, number_id) references whatsapp_number (tenant_id, id),
    foreign key (tenant_id, assignee_id) references member (tenant_id, id)
  ) with (fillfactor = 80);
  -- One conversation per contact and number that is not resolved.
  create unique index conversation_live on conversation (tenant_id, contact_id, number_id) where status <> 'RESOLVED';
  create index conversation_history on conversation (tenant_id, contact_id, number_id, id);
  -- Every list of the inbox is a walk along one of these.
  create index conversation_recent on conversation (tenant_id, last_activity_at desc, id desc);
  create index conversation_unresolved on conversation (tenant_id, last_activity_at desc, id desc) where status <> 'RESOLVED';
  create index conversation_by_status on conversation (tenant_id, status, last_activity_at desc, id desc);
  create index conversation_mine on conversation (tenant_id, assignee_id, last_activity_at desc, id desc) where status <> 'RESOLVED';
  create index conversation_unread on conversation (tenant_id, last_activity_at desc, id desc) where unread_count > 0;
  create index conversation_number on conversation (tenant_id, number_id, last_activity_at desc, id desc);

  create table message (
    tenant_id uuid not null default ${HERE},
    id uuid not null,
    conversation_id uuid not null,
    direction text not null check (direction in ('INBOUND', 'OUTBOUND')),
    kind text not null,
    body bytea,
    status text not null,
    attempt smallint not null default 0,
    wamid bytea,
    wamid_index bytea,
    author_member_id uuid,
    author_api_key_id uuid,
    reply_to_id uuid,
    failure_code int,
    failure_title text,
    sent_at timestamptz(3) not null,
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id),
    foreign key (tenant_id, conversation_id) references conversation (tenant_id, id),
    foreign key (tenant_id, author_member_id) references member (tenant_id, id),
    foreign key (tenant_id, author_api_key_id) references api_key (tenant_id, id),
    foreign key (tenant_id, reply_to_id) references message (tenant_id, id) on delete set null (reply_to_id)
  ) with (fillfactor = 80);
  create unique index message_wamid on message (tenant_id, wamid_index) where wamid_index is not null;
  create index message_thread on message (tenant_id, conversation_id, id);
  create index message_reply on message (tenant_id, reply_to_id) where reply_to_id is not null;
  alter table conversation add foreign key (tenant_id, last_message_id) references message (tenant_id, id)
    on delete set null (last_message_id) deferrable initially deferred;

  create table message_status (
    tenant_id uuid not null default ${HERE},
    message_id uuid not null,
    attempt smallint not null,
    status text not null,
    at timestamptz(3) not null,
    code int,
    primary key (tenant_id, message_id, attempt, status),
    foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade
  );
  -- Statuses of messages we do not know yet: WhatsApp may report before its answer to our request is stored.
  create table parked_status (
    tenant_id uuid not null default ${HERE} references tenant (id),
    wamid_index bytea not null,
    status text not null,
    at timestamptz(3) not null,
    code int,
    title text,
    received_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, wamid_index, status)
  );
`;

const LOG = `
  create table event_counter (
    tenant_id uuid primary key references tenant (id),
    seq bigint not null default 0,
    oldest bigint not null default 1,
    epoch bytea not null default substring(decode(replace(gen_random_uuid()::text, '-', ''), 'hex') from 1 for 8)
  ) with (fillfactor = 20);
  create table event (
    tenant_id uuid not null references tenant (id),
    seq bigint not null,
    kind text not null,
    subject_id uuid not null,
    conversation_id uuid,
    status text,
    at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, seq)
  );
  create table idempotency (
    tenant_id uuid not null default ${HERE} references tenant (id),
    principal_id uuid not null,
    key text not null,
    fingerprint bytea not null,
    result_id uuid not null,
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, principal_id, key)
  );
  create index idempotency_age on idempotency (tenant_id, created_at);
`;

const QUEUES = `
  create table send_queue (
    tenant_id uuid not null,
    message_id uuid not null,
    number_id uuid not null,
    contact_id uuid not null,
    attempt smallint not null default 1,
    tries smallint not null default 0,
    unreached smallint not null default 0,
    run_at timestamptz(3) not null default cube_now(),
    lease_until timestamptz(3),
    attempted_at timestamptz(3),
    primary key (tenant_id, message_id)
  ) with (fillfactor = 50);
  -- Numbers are claimed one by one, so that a long queue of one never holds up another.
  create index send_queue_due on send_queue (number_id, run_at, message_id) where lease_until is null;
  -- Whether something older waits for the same customer.
  create index send_queue_pair on send_queue (number_id, contact_id, message_id) where lease_until is null;
  create index send_queue_leased on send_queue (lease_until) where lease_until is not null;

  create table webhook_inbox (
    received_on date not null,
    id uuid not null,
    digest bytea not null,
    body bytea not null,
    received_at timestamptz(3) not null default cube_now(),
    tries smallint not null default 0,
    done_at timestamptz(3),
    quarantined text,
    primary key (received_on, id),
    unique (received_on, digest)
  ) partition by range (received_on);
  create index webhook_inbox_pending on webhook_inbox (received_at) where done_at is null and quarantined is null;
`;

/** Closes a table: one tenant at a time for the application, the named tenants of its batch for the worker. */
function closed(table: string): string {
  return `
    alter table "${table}" enable row level security;
    alter table "${table}" force row level security;
    create policy tenant_isolation on "${table}" to cube_app using (tenant_id = ${HERE}) with check (tenant_id = ${HERE});
    create policy worker_batch on "${table}" to cube_worker using (tenant_id in ${BATCH}) with check (tenant_id in ${BATCH});
    grant select, insert, update, delete on "${table}" to cube_app, cube_worker;
  `;
}

const EXCEPTIONS = `
  revoke update, delete on event from cube_app;
  alter table tenant enable row level security;
  alter table tenant force row level security;
  create policy tenant_isolation on tenant to cube_app using (id = ${HERE}) with check (id = ${HERE});
  create policy worker_batch on tenant to cube_worker using (id in ${BATCH});
  grant select, insert, update on tenant to cube_app;
  grant select on tenant to cube_worker;

  -- People belong to the platform: one sees oneself and one's colleagues.
  alter table "user" enable row level security;
  create policy colleagues on "user" to cube_app
    using (id = nullif(current_setting('app.user_id', true), '')::uuid
      or exists (select 1 from member m where m.user_id = "user".id))
    with check (id = nullif(current_setting('app.user_id', true), '')::uuid);
  grant select, insert, update on "user" to cube_app;
  alter table session enable row level security;
  create policy own on session to cube_app using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
  grant select, insert, update on session to cube_app;

  grant select, insert on platform_key to cube_app, cube_worker;
  grant delete on platform_key to cube_worker;

  -- The counter is not forced: event_heads() reads it for the listeners of a process.
  alter table event_counter enable row level security;
  create policy tenant_isolation on event_counter to cube_app using (tenant_id = ${HERE}) with check (tenant_id = ${HERE});
  create policy worker_batch on event_counter to cube_worker using (tenant_id in ${BATCH}) with check (tenant_id in ${BATCH});
  grant select, insert, update on event_counter to cube_app, cube_worker;

  grant select, insert, update, delete on lookup, send_queue to cube_worker;
  grant select, update, delete on webhook_inbox to cube_worker;
  grant insert on webhook_inbox to cube_app;
  grant select (received_on, id, digest) on webhook_inbox to cube_app;
`;

/** Narrow doors for the application into tables that belong to no single tenant. */
const FUNCTIONS = `
  create function find_by_digest(a_kind text, a_digest bytea) returns table (tenant_id uuid, id uuid)
    language sql stable security definer set search_path = public, pg_temp
    as 'select l.tenant_id, l.id from lookup l where l.kind = a_kind and l.digest = a_digest';
  create function enter_digest(a_kind text, a_digest bytea, an_id uuid) returns void
    language sql security definer set search_path = public, pg_temp
    as $$ insert into lookup (kind, digest, tenant_id, id) values (a_kind, a_digest, ${HERE}, an_id) $$;
  create function session_by_digest(a_digest bytea)
    returns table (id uuid, user_id uuid, tenant_id uuid, member_id uuid, created_at timestamptz, last_used_at timestamptz)
    language sql stable security definer set search_path = public, pg_temp
    as $$ select s.id, s.user_id, s.tenant_id, s.member_id, s.created_at, s.last_used_at from session s
      where s.digest = a_digest and s.revoked_at is null
        and s.last_used_at > cube_now() - interval '7 days' and s.created_at > cube_now() - interval '30 days' $$;
  create function enqueue_send(a_message uuid, a_number uuid, a_contact uuid, an_attempt smallint) returns void
    language sql security definer set search_path = public, pg_temp
    as $$ insert into send_queue (tenant_id, message_id, number_id, contact_id, attempt)
      select ${HERE}, a_message, a_number, a_contact, an_attempt where ${HERE} is not null
      -- The row of an attempt that failed may still be there: its outcome is not yet on record. The new attempt takes its place.
      on conflict (tenant_id, message_id) do update set number_id = excluded.number_id, contact_id = excluded.contact_id,
        attempt = excluded.attempt, tries = 0, unreached = 0, run_at = cube_now(), lease_until = null, attempted_at = null
        where send_queue.attempt < excluded.attempt $$;
  create function event_heads(tenants uuid[]) returns table (tenant_id uuid, seq bigint)
    language sql stable security definer set search_path = public, pg_temp
    as 'select c.tenant_id, c.seq from event_counter c where c.tenant_id = any(tenants)';
  create function tenant_ids() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as 'select tenant_id from event_counter';
  -- Makes today's partition and the next two, drops those older than a week together with their keys: that is the deletion of raw webhooks.
  create function rotate_webhook_inbox() returns void language plpgsql security definer set search_path = public, pg_temp as $$
    declare d date; old record; today date := (cube_now() at time zone 'utc')::date;
    begin
      perform pg_advisory_xact_lock(hashtext('rotate_webhook_inbox'));
      for d in select today + i from generate_series(-1, 2) i loop
        execute format('create table if not exists %I partition of webhook_inbox for values from (%L) to (%L)', 'webhook_inbox_' || to_char(d, 'YYYYMMDD'), d, d + 1);
      end loop;
      for old in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
        where p.relname = 'webhook_inbox' and c.relname < 'webhook_inbox_' || to_char(today - 7, 'YYYYMMDD') loop
        execute format('drop table %I', old.relname);
      end loop;
      delete from platform_key where kind = 'WEBHOOK_DAY' and name < to_char(today - 7, 'YYYY-MM-DD');
    end $$;
  revoke execute on all functions in schema public from public;
  grant execute on function cube_now() to public;
  grant execute on function find_by_digest(text, bytea), enter_digest(text, bytea, uuid), session_by_digest(bytea),
    enqueue_send(uuid, uuid, uuid, smallint), event_heads(uuid[]) to cube_app;
  grant execute on function event_heads(uuid[]), tenant_ids(), rotate_webhook_inbox() to cube_worker;
  select rotate_webhook_inbox();
`;
