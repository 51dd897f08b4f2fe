import { Migration } from '@mikro-orm/migrations';

/** A backup reads the inbox for as long as it takes, and nothing that looks after the inbox waits for it with everybody else's webhooks behind. */
export class Migration20261130000020_backups_beside_webhooks extends Migration {
  override up(): void {
    this.addSql(ROTATE);
  }
}

// A partition that is made and then attached asks for no lock that readers or writers are in the way of. To drop one asks for all of them: whoever writes
// meanwhile waits, so that is given up soon. It gives whether everything that is too old is gone.
const ROTATE = `
  create function make_webhook_partitions() returns void language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '1s' as $$
    declare wanted record;
    begin
      for wanted in select d::date as day, 'webhook_inbox_' || to_char(d, 'YYYYMMDD') as name
        from generate_series((cube_now() at time zone 'utc')::date - 1, (cube_now() at time zone 'utc')::date + 2, interval '1 day') d loop
        if exists (select from pg_class where relname = wanted.name and relnamespace = 'public'::regnamespace) then continue; end if;
        perform pg_advisory_xact_lock(hashtext('make_webhook_partitions'));
        if exists (select from pg_class where relname = wanted.name and relnamespace = 'public'::regnamespace) then continue; end if;
        execute format('create table %I (like webhook_inbox including all)', wanted.name);
        execute format('alter table webhook_inbox attach partition %I for values from (%L) to (%L)', wanted.name, wanted.day, wanted.day + 1);
      end loop;
    end $$;
  drop function rotate_webhook_inbox();
  create function rotate_webhook_inbox() returns boolean language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '500ms' as $$
    declare old record; today date := (cube_now() at time zone 'utc')::date;
    begin
      perform make_webhook_partitions();
      if not pg_try_advisory_xact_lock(hashtext('rotate_webhook_inbox')) then return true; end if;
      begin
        for old in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
          where p.relname = 'webhook_inbox' and c.relname < 'webhook_inbox_' || to_char(today - 7, 'YYYYMMDD') loop
          execute format('drop table %I', old.relname);
        end loop;
        delete from platform_key where kind = 'WEBHOOK_DAY' and name < to_char(today - 7, 'YYYY-MM-DD');
      exception when lock_not_available then
        return false;
      end;
      return true;
    end $$;
  revoke execute on function make_webhook_partitions(), rotate_webhook_inbox() from public;
  grant execute on function make_webhook_partitions(), rotate_webhook_inbox() to cube_worker;
`;
