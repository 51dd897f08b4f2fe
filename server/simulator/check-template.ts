import { location } from './check-card.ts';
import { headerDocument, headerImage, headerVideo } from './check-media.ts';
import {
  type Check,
  anything,
  invalid,
  isFields,
  list,
  matching,
  numberWithin,
  object,
  oneOf,
  string,
  variant,
} from './shapes.ts';

const NAME_MAX = 512;

const named = { type: anything, 'parameter_name?': string(100) };
const parameterText = { ...named, text: string(32_768) };
const headerParameter = variant(
  'type',
  {
    text: object(parameterText),
    image: object({ type: anything, image: headerImage }),
    video: object({ type: anything, video: headerVideo }),
    document: object({ type: anything, document: headerDocument }),
    location: object({ type: anything, location }),
  },
  132012,
);
const amount = object({
  fallback_value: string(200),
  code: matching(/^[A-Z]{3}$/, 'a currency'),
  amount_1000: numberWithin(0, 1e15),
});
const bodyParameter = variant(
  'type',
  {
    text: object(parameterText),
    currency: object({ ...named, currency: amount }),
    date_time: object({ ...named, date_time: object({ fallback_value: string(200) }) }),
  },
  132012,
);
const index = matching(/^\d$/, 'a number from 0 to 9');

function button(kinds: Record<string, Check>): Check {
  const parameters = list(variant('type', kinds, 132012), 1, 1);
  return object({ type: anything, sub_type: anything, index, parameters });
}

const buttons: Record<string, Check> = {
  quick_reply: button({ payload: object({ type: anything, payload: string(256) }) }),
  url: button({ text: object({ type: anything, text: string(2000) }) }),
  copy_code: button({ coupon_code: object({ type: anything, coupon_code: string(20) }) }),
  flow: button({ action: object({ type: anything, action: anything }) }),
};

/** The kind of button comes in either case. */
const anyButton: Check = (value, path) => {
  if (!isFields(value) || typeof value.sub_type !== 'string') return invalid(131008, `${path}.sub_type is required`);
  const kind = value.sub_type.toLowerCase();
  const check = Object.hasOwn(buttons, kind) ? buttons[kind] : undefined;
  return check ? check(value, path) : invalid(131009, `${path}.sub_type must be one of ${Object.keys(buttons).join(', ')}`);
};

const plain: Record<string, Check> = {
  header: object({ type: anything, parameters: list(headerParameter, 1, 1) }),
  body: object({ type: anything, parameters: list(bodyParameter, 1, 1000) }),
  button: anyButton,
};
const limitedOffer = list(
  object({
    type: oneOf('limited_time_offer'),
    limited_time_offer: object({ expiration_time_ms: numberWithin(0, 1e14) }),
  }),
  1,
  1,
);
const card = object({ card_index: numberWithin(0, 9), components: list(cased(plain), 0, 20) });

/** A template as a request names it; whether its parameters fit the template is another matter. */
export const template = object({
  name: string(NAME_MAX),
  language: object({ code: string(20), 'policy?': oneOf('deterministic') }),
  'components?': list(
    cased({
      ...plain,
      limited_time_offer: object({ type: anything, parameters: limitedOffer }),
      carousel: object({ type: anything, cards: list(card, 1, 10) }),
    }),
    0,
    30,
  ),
});

/** The type of a component comes in either case. */
function cased(kinds: Record<string, Check>): Check {
  const check = variant('type', kinds);
  return (value, path) =>
    check(isFields(value) && typeof value.type === 'string' ? { ...value, type: value.type.toLowerCase() } : value, path);
}
