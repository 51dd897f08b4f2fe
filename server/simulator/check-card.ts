import { type Check, anything, invalid, isFields, list, matching, numberWithin, object, string } from './shapes.ts';

const CARDS_MAX = 257;
const NAME_PARTS = ['first_name', 'last_name', 'middle_name', 'prefix', 'suffix'];

const line = string(1000, true);
const optional = (...names: string[]) => Object.fromEntries(names.map((name) => [`${name}?`, line]));
const many = (shape: Record<string, Check>) => list(object(shape), 0, 100);

const name: Check = (value, path) => {
  const wrong = object({ formatted_name: string(1000), ...optional(...NAME_PARTS) })(value, path);
  if (wrong || !isFields(value)) return wrong;
  return NAME_PARTS.some((part) => value[part] !== undefined)
    ? undefined
    : invalid(131009, `${path} needs one more part beside formatted_name`);
};

/** Each card needs a name: `formatted_name` and one more part of it. */
export const contacts = list(
  object({
    name,
    'phones?': many(optional('phone', 'wa_id', 'type')),
    'emails?': many(optional('email', 'type')),
    'addresses?': many(optional('street', 'city', 'state', 'zip', 'country', 'country_code', 'type')),
    'org?': object(optional('company', 'department', 'title')),
    'urls?': many(optional('url', 'type')),
    'birthday?': matching(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 1999-01-23'),
    'vcard?': anything,
    'origin?': anything,
  }),
  1,
  CARDS_MAX,
);

export const location = object({
  latitude: numberWithin(-90, 90),
  longitude: numberWithin(-180, 180),
  'name?': line,
  'address?': line,
});
