/**
 * The identity that a number `w` writes to of a contact `c`: the newest phone that is still theirs, else WhatsApp's id of them towards the business that
 * the number belongs to. `limit 1` makes it the one. Joins on the tenant itself: the worker sees many.
 */
export const ADDRESS = `
  select i.id, i.kind, i.value from contact_identity i
  where i.tenant_id = c.tenant_id and i.contact_id = c.id and i.ended_at is null
    and (i.kind = 'PHONE' or i.kind = 'BSUID' and (
      i.account_id is null or i.account_id = w.account_id or exists (
        select from whatsapp_account mine join whatsapp_account theirs on theirs.tenant_id = mine.tenant_id and theirs.portfolio_id = mine.portfolio_id
        where mine.tenant_id = w.tenant_id and mine.id = w.account_id and theirs.id = i.account_id
      )))
  order by i.kind desc, i.id desc limit 1`;
