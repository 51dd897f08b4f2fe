/** A request Meta would refuse: its code, and what it says in `error_data.details`. */
export interface Invalid {
  code: number;
  details: string;
}

export type Fields = Record<string, unknown>;

/** Says what is wrong with a value that stands at `path`, or nothing. */
export type Check = (value: unknown, path: string) => Invalid | undefined;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function invalid(code: number, details: string): Invalid {
  return { code, details };
}

export function unknownField(body: Fields, known: ReadonlySet<string>): Invalid | undefined {
  for (const key of Object.keys(body)) if (!known.has(key)) return invalid(100, `Unexpected key "${key}" on param`);
  return undefined;
}

/** Meta counts code points, not UTF-16 units. */
export function isLongerThan(text: string, max: number): boolean {
  return text.length > max && [...text].length > max;
}

/** A string of at most `max` code points and, unless `isEmptyFine`, more than blanks. */
export function string(max: number, isEmptyFine = false): Check {
  return (value, path) => {
    if (typeof value !== 'string') return invalid(131009, `${path} must be a string`);
    if (!isEmptyFine && value.trim() === '') return invalid(131008, `${path} is required`);
    return isLongerThan(value, max) ? invalid(131009, `${path} must be at most ${max} characters`) : undefined;
  };
}

export function matching(pattern: RegExp, what: string): Check {
  return (value, path) =>
    (typeof value === 'string' || typeof value === 'number') && pattern.test(String(value))
      ? undefined
      : invalid(131009, `${path} must be ${what}`);
}

export const boolean: Check = (value, path) =>
  typeof value === 'boolean' ? undefined : invalid(131009, `${path} must be a boolean`);

export const anything: Check = () => undefined;

/** A number, or a string that is one, within the bounds. */
export function numberWithin(from: number, to: number): Check {
  return (value, path) => {
    const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
    const number = isNumeric ? Number(value) : NaN;
    return number >= from && number <= to ? undefined : invalid(131009, `${path} must be a number from ${from} to ${to}`);
  };
}

export function oneOf(...known: string[]): Check {
  return (value, path) =>
    typeof value === 'string' && known.includes(value)
      ? undefined
      : invalid(131009, `${path} must be one of ${known.join(', ')}`);
}

export function list(check: Check, min: number, max: number): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return value === undefined ? missing(path) : invalid(131009, `${path} must be a list`);
    if (value.length < min) return missing(path);
    if (value.length > max) return invalid(131009, `${path} must have at most ${max} elements`);
    for (const [index, item] of value.entries()) {
      const wrong = check(item, `${path}[${index}]`);
      if (wrong) return wrong;
    }
    return undefined;
  };
}

/** An object with these fields and no others; names that end in `?` may be missing. */
export function object(shape: Record<string, Check>): Check {
  const fields = Object.entries(shape).map(([name, check]) => ({
    name: name.replace(/\?$/, ''),
    check,
    isOptional: name.endsWith('?'),
  }));
  const known = new Set(fields.map(({ name }) => name));
  return (value, path) => {
    if (!isFields(value)) return value === undefined ? missing(path) : invalid(131009, `${path} must be an object`);
    const unknown = unknownField(value, known);
    if (unknown) return unknown;
    for (const { name, check, isOptional } of fields) {
      if (value[name] === undefined && isOptional) continue;
      if (value[name] === undefined) return missing(`${path}.${name}`);
      const wrong = check(value[name], `${path}.${name}`);
      if (wrong) return wrong;
    }
    return undefined;
  };
}

/** By the value of its field `by`, one of several shapes; other values get `code`. */
export function variant(by: string, kinds: Record<string, Check>, code = 131009): Check {
  return (value, path) => {
    if (!isFields(value)) return value === undefined ? missing(path) : invalid(131009, `${path} must be an object`);
    const kind = value[by];
    if (kind === undefined) return missing(`${path}.${by}`);
    const check = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return check ? check(value, path) : invalid(code, `${path}.${by} must be one of ${Object.keys(kinds).join(', ')}`);
  };
}

/** All of the checks, the first that fails speaks. */
export function all(...checks: Check[]): Check {
  return (value, path) => {
    for (const check of checks) {
      const wrong = check(value, path);
      if (wrong) return wrong;
    }
    return undefined;
  };
}

function missing(path: string): Invalid {
  return invalid(131008, `${path} is required`);
}
