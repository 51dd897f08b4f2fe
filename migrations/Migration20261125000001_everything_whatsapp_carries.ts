import { Migration } from '@mikro-orm/migrations';

/** The tenant of the current transaction, or null: then no row matches. */
const HERE = `nullif(current_setting('app.tenant_id', true), '')::uuid`;
/** The tenants of the worker's current batch, evaluated once a statement. */
const BATCH = `(select unnest(nullif(current_setting('app.tenant_ids', true), '')::uuid[]))`;

const NEW_TABLES = [
  'whatsapp_app',
  'whatsapp_account',
  'media',
  'media_upload',
  'template',
  'message_change',
  'attention',
  'outreach',
  'number_month',
  'contact_merge',
  'quarantine',
];

/** Every kind of message, files, templates, Meta's accounts, money, merging of people, and what waits for a person. */
export class Migration20261125000001_everything_whatsapp_carries extends Migration {
  override up(): void {
    this.addSql(ACCOUNTS);
    this.addSql(FILES);
    this.addSql(TEMPLATES);
    this.addSql(MESSAGES);
    this.addSql(PEOPLE);
    this.addSql(MONEY);
    this.addSql(QUEUES);
    this.addSql(RIGHTS);
    for (const table of NEW_TABLES) this.addSql(closed(table));
    this.addSql(FUNCTIONS);
    this.addSql(JOBS);
  }
}

// A business may have connected one account to several of our tenants, and its app too: what these digests find are candidates.
const ACCOUNTS = `
  drop index lookup_single;
  create unique index lookup_single on lookup (kind, digest) where kind not in ('MEMBER', 'WABA', 'APP');

  create table whatsapp_app (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    app_id text not null,
    app_secret bytea not null,
    verify_token bytea not null,
    alerted_at timestamptz(3),
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id),
    unique (tenant_id, app_id)
  );
  -- messaging_limit: people outside their windows in a moving 24 hours; null is without limit. noticed: the latest news of Meta about each thing, so that
  -- older and repeated ones change nothing.
  create table whatsapp_account (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    waba_id text not null,
    name text,
    currency text not null default 'USD',
    portfolio_id text,
    app_id uuid,
    messaging_limit int default 250,
    review_status text,
    noticed jsonb not null default '{}',
    templates_synced_at timestamptz(3),
    created_at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, id),
    unique (tenant_id, waba_id),
    foreign key (tenant_id, app_id) references whatsapp_app (tenant_id, id)
  );

  alter table whatsapp_number add column account_id uuid;
  alter table whatsapp_number no force row level security;
  insert into whatsapp_account (tenant_id, id, waba_id)
    select tenant_id, gen_random_uuid(), waba_id from (select distinct tenant_id, waba_id from whatsapp_number) as known;
  update whatsapp_number n set account_id = a.id from whatsapp_account a where a.tenant_id = n.tenant_id and a.waba_id = n.waba_id;
  insert into lookup (kind, digest, tenant_id, id) select 'WABA', sha256(waba_id::bytea), tenant_id, id from whatsapp_account;
  alter table whatsapp_number force row level security;
  alter table whatsapp_number alter column account_id set not null, drop column waba_id,
    add foreign key (tenant_id, account_id) references whatsapp_account (tenant_id, id),
    add column quality text not null default 'UNKNOWN' check (quality in ('GREEN', 'YELLOW', 'RED', 'UNKNOWN')),
    add column name_status text,
    add column throughput text not null default 'STANDARD' check (throughput in ('STANDARD', 'HIGH')),
    add column is_coexistence boolean not null default false,
    add column profile jsonb,
    add column paused_by text check (paused_by in ('META', 'PERSON')),
    add column paused_code int,
    add column campaigns_stopped_at timestamptz(3),
    add column synced_at timestamptz(3);
  alter table whatsapp_number drop constraint whatsapp_number_status_check,
    add check (status in ('CONNECTED', 'PAUSED', 'DISCONNECTED'));
  create index whatsapp_number_account on whatsapp_number (tenant_id, account_id);
`;

// A file lies sealed in the media store under store_key, in a key of its own (file_key) which is sealed under its contact's key, or the tenant's
// while it belongs to nobody. store_key is the id of the first row about that file. meta_sha256 is there until the file was checked by it.
const FILES = `
  create table media (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    contact_id uuid,
    kind text not null check (kind in ('IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT', 'STICKER')),
    origin text not null check (origin in ('RECEIVED', 'UPLOADED')),
    status text not null check (status in ('FETCHING', 'STORED', 'FAILED', 'GONE')),
    mime_type text not null,
    size bigint,
    file_name bytea,
    file_key bytea,
    store_key uuid,
    thumbnail_size int,
    width int,
    height int,
    duration_ms int,
    is_voice boolean not null default false,
    is_animated boolean not null default false,
    number_id uuid,
    meta_id text,
    meta_sha256 text,
    meta_expires_at timestamptz(3),
    tries smallint not null default 0,
    fault text,
    created_at timestamptz(3) not null default cube_now(),
    stored_at timestamptz(3),
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contact (tenant_id, id),
    foreign key (tenant_id, number_id) references whatsapp_number (tenant_id, id)
  );
  create index media_contact on media (tenant_id, contact_id);
  create index media_store on media (tenant_id, store_key) where store_key is not null;
  -- Meta's id of an uploaded file, per number: it lives 30 days.
  create table media_upload (
    tenant_id uuid not null default ${HERE},
    media_id uuid not null,
    number_id uuid not null,
    meta_id text not null,
    expires_at timestamptz(3) not null,
    primary key (tenant_id, media_id, number_id),
    foreign key (tenant_id, media_id) references media (tenant_id, id) on delete cascade,
    foreign key (tenant_id, number_id) references whatsapp_number (tenant_id, id)
  );
`;

// components is Meta's own shape: whatsapp/template-components.ts.
const TEMPLATES = `
  create table template (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    account_id uuid not null,
    meta_id text,
    name text not null,
    language text not null,
    category text not null check (category in ('MARKETING', 'UTILITY', 'AUTHENTICATION')),
    status text not null check (status in ('DRAFT', 'PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED', 'IN_APPEAL', 'PENDING_DELETION', 'DELETED',
      'LIMIT_EXCEEDED', 'ARCHIVED')),
    quality text not null default 'UNKNOWN' check (quality in ('GREEN', 'YELLOW', 'RED', 'UNKNOWN')),
    rejected_reason text,
    status_note text,
    parameter_format text not null default 'POSITIONAL' check (parameter_format in ('NAMED', 'POSITIONAL')),
    components jsonb not null,
    upcoming_category text,
    upcoming_at timestamptz(3),
    previous_category text,
    -- When Meta last said so: what it said before, and says again, changes nothing.
    status_at timestamptz(3) not null default '-infinity',
    quality_at timestamptz(3) not null default '-infinity',
    category_at timestamptz(3) not null default '-infinity',
    header_media_id uuid,
    ttl_seconds int,
    created_at timestamptz(3) not null default cube_now(),
    updated_at timestamptz(3) not null default cube_now(),
    approved_edits timestamptz[] not null default '{}',
    primary key (tenant_id, id),
    unique (tenant_id, account_id, name, language),
    foreign key (tenant_id, account_id) references whatsapp_account (tenant_id, id),
    foreign key (tenant_id, header_media_id) references media (tenant_id, id) on delete set null (header_media_id)
  );
  create index template_meta on template (tenant_id, meta_id) where meta_id is not null;
`;

// The kinds other than text are few: an index over them alone costs what is said in words nothing. No index reads the status: a status must stay
// a change that touches no index.
const MESSAGES = `
  alter table message
    add column parts bytea,
    add column media_id uuid,
    add column template_id uuid,
    add column category text,
    add column price_type text,
    add column price_market text,
    add column cost_micros bigint,
    add column cost_currency text,
    add column is_cost_final boolean not null default false,
    add column scheduled_at timestamptz(3),
    add column time_zone text,
    add column hold_reason bytea,
    add column edited_at timestamptz(3),
    add column revoked_at timestamptz(3),
    add column is_echo boolean not null default false,
    add column ttl_seconds int,
    add foreign key (tenant_id, media_id) references media (tenant_id, id) on delete set null (media_id),
    add foreign key (tenant_id, template_id) references template (tenant_id, id) on delete set null (template_id);
  create index message_kind on message (tenant_id, kind, id) where kind <> 'TEXT';
  create index message_media on message (tenant_id, media_id) where media_id is not null;
  create index message_template on message (tenant_id, template_id) where template_id is not null;

  -- Edits and revocations by customers, once each; those whose message is not here yet wait for it.
  create table message_change (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    wamid_index bytea not null,
    original_index bytea not null,
    kind text not null check (kind in ('EDIT', 'REVOKE')),
    body bytea,
    parts bytea,
    at timestamptz(3) not null,
    received_at timestamptz(3) not null default cube_now(),
    applied_at timestamptz(3),
    primary key (tenant_id, id),
    unique (tenant_id, wamid_index)
  );
  create index message_change_waiting on message_change (tenant_id, original_index) where applied_at is null;

  -- Messages that somebody should look at, or that wait: failed, perhaps sent, held, scheduled.
  create table attention (
    tenant_id uuid not null default ${HERE},
    message_id uuid not null,
    kind text not null check (kind in ('FAILED', 'UNCONFIRMED', 'HELD', 'SCHEDULED')),
    at timestamptz(3) not null default cube_now(),
    primary key (tenant_id, message_id),
    foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade
  );
  create index attention_list on attention (tenant_id, kind, message_id);

  alter table parked_status add column category text, add column price_type text, add column is_billable boolean;
`;

const PEOPLE = `
  alter table contact add column merged_into_id uuid, add column marketing_stopped_at timestamptz(3), add column marketing_changed_at timestamptz(3),
    add foreign key (tenant_id, merged_into_id) references contact (tenant_id, id);
  create index contact_merged on contact (tenant_id, merged_into_id) where merged_into_id is not null;
  -- ended_at: no longer theirs as far as WhatsApp says, kept for what was written under it. account_id: a user id holds towards one business.
  alter table contact_identity add column ended_at timestamptz(3), add column account_id uuid,
    add foreign key (tenant_id, account_id) references whatsapp_account (tenant_id, id);
  create table contact_merge (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    into_id uuid not null,
    from_id uuid not null,
    moved_identities uuid[] not null default '{}',
    moved_conversations uuid[] not null default '{}',
    moved_keys uuid[] not null default '{}',
    resolved_conversations uuid[] not null default '{}',
    merged_by_id uuid,
    merged_at timestamptz(3) not null default cube_now(),
    undone_at timestamptz(3),
    primary key (tenant_id, id),
    foreign key (tenant_id, into_id) references contact (tenant_id, id),
    foreign key (tenant_id, from_id) references contact (tenant_id, id),
    foreign key (tenant_id, merged_by_id) references member (tenant_id, id)
  );
  create index contact_merge_into on contact_merge (tenant_id, into_id);
`;

// free_until: a free entry point, 72 hours from our first answer to who came by an advertisement.
const MONEY = `
  alter table service_window add column referral_at timestamptz(3), add column free_until timestamptz(3);
  -- Whom we wrote to outside their windows, per business portfolio (or account, where that is unknown).
  create table outreach (
    tenant_id uuid not null default ${HERE} references tenant (id),
    portfolio text not null,
    contact_id uuid not null,
    last_at timestamptz(3) not null,
    primary key (tenant_id, portfolio, contact_id),
    foreign key (tenant_id, contact_id) references contact (tenant_id, id)
  );
  create index outreach_recent on outreach (tenant_id, portfolio, last_at);
  -- Free-form messages delivered in a calendar month (UTC): the first thousand of a number are free.
  create table number_month (
    tenant_id uuid not null default ${HERE},
    number_id uuid not null,
    month date not null,
    service_messages int not null default 0,
    primary key (tenant_id, number_id, month),
    foreign key (tenant_id, number_id) references whatsapp_number (tenant_id, id)
  );
`;

const QUEUES = `
  -- goes_alone: it was put back to go later, and what was written to the customer after it waits until it is leased.
  alter table send_queue add column waiting text check (waiting in ('SCHEDULED', 'HELD', 'MEDIA')),
    add column goes_alone boolean not null default false;
  drop index send_queue_due;
  drop index send_queue_pair;
  create index send_queue_due on send_queue (number_id, run_at, message_id) where lease_until is null and waiting is null;
  -- A message that waits for its file, or was put back, holds up what was written after it; one that waits for its time or for a person does not.
  create index send_queue_blocking on send_queue (number_id, contact_id, message_id) where lease_until is null and (goes_alone or waiting = 'MEDIA');
  create index send_queue_scheduled on send_queue (run_at) where waiting = 'SCHEDULED';

  -- app_tenants: whose own app signed the body; null for the platform's app. concerns: of a body in quarantine, the tenants it is about, and whether
  -- it may be about others too. replayed_at: it was done before and is read anew.
  alter table webhook_inbox add column app_tenants uuid[], add column concerns uuid[], add column is_shared boolean, add column replayed_at timestamptz(3);
  create table quarantine (
    tenant_id uuid not null default ${HERE} references tenant (id),
    id uuid not null,
    received_on date not null,
    webhook_id uuid not null,
    reason text not null,
    is_shared boolean not null default false,
    received_at timestamptz(3) not null default cube_now(),
    resolved_at timestamptz(3),
    resolution text check (resolution in ('REPLAYED', 'DISMISSED')),
    primary key (tenant_id, id),
    unique (tenant_id, webhook_id)
  );
  create index quarantine_open on quarantine (tenant_id, id) where resolved_at is null;
`;

// The roles that every tenant has, as identity/role.ts has them now.
const RIGHTS = `
  alter table role no force row level security;
  update role set permissions = permissions || '{contacts:manage,templates:read,templates:manage,webhooks:manage}'
    where is_system and name in ('owner', 'admin');
  update role set permissions = permissions || '{contacts:manage,templates:read}' where is_system and name in ('agent', 'automation');
  update role set permissions = permissions || '{templates:read}' where is_system and name = 'analyst';
  alter table role force row level security;
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

const FUNCTIONS = `
  -- Takes back what enter_digest entered for this tenant.
  create function leave_digest(a_kind text, a_digest bytea, an_id uuid) returns void
    language sql security definer set search_path = public, pg_temp
    as $$ delete from lookup where kind = a_kind and digest = a_digest and id = an_id and tenant_id = ${HERE} $$;
  -- The sealed body of a webhook in quarantine that concerns this tenant and nobody else.
  create function quarantined_body(a_day date, an_id uuid) returns bytea
    language sql stable security definer set search_path = public, pg_temp
    as $$ select body from webhook_inbox where received_on = a_day and id = an_id and concerns = array[${HERE}] and not is_shared and quarantined is not null $$;
  -- Has a body in quarantine read again; tells whether it is still there.
  create function replay_webhook(a_day date, an_id uuid) returns boolean
    language sql security definer set search_path = public, pg_temp
    as $$ with again as (
        update webhook_inbox set done_at = null, quarantined = null, replayed_at = cube_now()
        where received_on = a_day and id = an_id and concerns @> array[${HERE}] and quarantined is not null returning 1
      ) select exists (select from again) $$;
  revoke execute on function leave_digest(text, bytea, uuid), quarantined_body(date, uuid), replay_webhook(date, uuid) from public;
  grant execute on function leave_digest(text, bytea, uuid), quarantined_body(date, uuid), replay_webhook(date, uuid) to cube_app;
  drop function enqueue_send(uuid, uuid, uuid, smallint);
  -- a_run_at: when a scheduled message is due; of one that waited already, when it was written: a customer's messages keep their order.
  create function enqueue_send(a_message uuid, a_number uuid, a_contact uuid, an_attempt smallint, a_waiting text, a_run_at timestamptz) returns void
    language sql security definer set search_path = public, pg_temp
    as $$ insert into send_queue (tenant_id, message_id, number_id, contact_id, attempt, waiting, run_at)
      select ${HERE}, a_message, a_number, a_contact, an_attempt, a_waiting, coalesce(a_run_at, cube_now()) where ${HERE} is not null
      -- The row of an attempt that failed may still be there: its outcome is not yet on record. The new attempt takes its place.
      on conflict (tenant_id, message_id) do update set number_id = excluded.number_id, contact_id = excluded.contact_id,
        attempt = excluded.attempt, tries = 0, unreached = 0, run_at = excluded.run_at, waiting = excluded.waiting, goes_alone = false, lease_until = null,
        attempted_at = null
        where send_queue.attempt < excluded.attempt $$;
  -- Takes a message out of the queue if no worker has it in hand; tells whether it did.
  create function withdraw_send(a_message uuid) returns boolean
    language sql security definer set search_path = public, pg_temp
    as $$ with gone as (delete from send_queue where tenant_id = ${HERE} and message_id = a_message and lease_until is null returning 1)
      select exists (select from gone) $$;
  revoke execute on function enqueue_send(uuid, uuid, uuid, smallint, text, timestamptz), withdraw_send(uuid)
    from public;
  grant execute on function enqueue_send(uuid, uuid, uuid, smallint, text, timestamptz), withdraw_send(uuid) to cube_app;
`;

// The runner's tables are closed by row-level security; the worker may do what the runner does and nothing more. Jobs hold a tenant's id and a row's.
const JOBS = `
  grant usage on schema graphile_worker to cube_worker;
  grant select, insert, update, delete on graphile_worker._private_jobs, graphile_worker._private_job_queues, graphile_worker._private_tasks,
    graphile_worker._private_known_crontabs to cube_worker;
  grant select on graphile_worker.migrations to cube_worker;
  grant usage on all sequences in schema graphile_worker to cube_worker;
  grant execute on all functions in schema graphile_worker to cube_worker;
  create policy worker on graphile_worker._private_jobs to cube_worker using (true) with check (true);
  create policy worker on graphile_worker._private_job_queues to cube_worker using (true) with check (true);
  create policy worker on graphile_worker._private_tasks to cube_worker using (true) with check (true);
  create policy worker on graphile_worker._private_known_crontabs to cube_worker using (true) with check (true);

  -- Files of one tenant go through two lanes: large ones hold up nobody else's.
  create function job_lane(a_task text, a_tenant uuid, an_id uuid) returns text language sql immutable
    as $$ select case when a_task in ('fetch_media', 'upload_media') then a_task || ' ' || a_tenant || ' ' || (hashtext(an_id::text) & 1) end $$;
  create function enqueue_job(a_task text, an_id uuid, a_run_at timestamptz, attempts int) returns void
    language sql security definer set search_path = public, pg_temp
    as $$ select graphile_worker.add_job(a_task, json_build_object('tenantId', ${HERE}, 'id', an_id), run_at := a_run_at, max_attempts := attempts,
        queue_name := job_lane(a_task, ${HERE}, an_id), job_key := a_task || ' ' || ${HERE} || ' ' || an_id) where ${HERE} is not null $$;
  create function enqueue_jobs(a_task text, tenants uuid[], ids uuid[], a_run_at timestamptz, attempts int) returns void
    language sql security definer set search_path = public, pg_temp
    as $$ select count(graphile_worker.add_job(a_task, json_build_object('tenantId', t, 'id', i), run_at := a_run_at, max_attempts := attempts,
        queue_name := job_lane(a_task, t, i), job_key := a_task || ' ' || t || ' ' || i))
      from unnest(tenants, ids) as u(t, i) where t in ${BATCH} $$;
  revoke execute on function job_lane(text, uuid, uuid), enqueue_job(text, uuid, timestamptz, int), enqueue_jobs(text, uuid[], uuid[], timestamptz, int) from public;
  grant execute on function enqueue_job(text, uuid, timestamptz, int) to cube_app;
  grant execute on function enqueue_jobs(text, uuid[], uuid[], timestamptz, int) to cube_worker;
`;
