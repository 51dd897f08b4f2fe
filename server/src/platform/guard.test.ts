import { type GraphQLField, type GraphQLObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { assembleSchema } from '../api/schema.ts';
import { Tenant } from '../identity/tenant.ts';
import { allows, guardSchema, policyOf } from './guard.ts';
import { type Permission, PERMISSIONS } from './permissions.ts';
import { permissionKey, type Viewer } from './viewer.ts';

const OURS = '01900000-0000-7000-8000-00000000000a';
const THEIRS = '01900000-0000-7000-8000-00000000000b';

const built = assembleSchema();
/** Fields whose own resolver ran although the guard should have stopped them. */
const reached: string[] = [];
const types = Object.values(built.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith('__'),
) as GraphQLObjectType[];
const roots = new Set([built.getQueryType(), built.getMutationType(), built.getSubscriptionType()]);
const fields = types.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({ type, field, name: `${type.name}.${field.name}` })),
);
for (const { field, name } of fields) field.resolve = () => void reached.push(name);
guardSchema(built);

function viewer(permissions: readonly Permission[]): Viewer {
  const [principalId, all] = [OURS, new Set(permissions)];
  return {
    tenantId: OURS,
    kind: 'API_KEY',
    principalId,
    accessIds: [],
    permissions: all,
    permissionKey: permissionKey(all),
    locale: 'en',
    isTest: true,
  };
}

/** `null` or the code of the error, when the guard refused; `undefined` when the field's resolver ran. */
function outcome(field: GraphQLField<unknown, unknown>, source: unknown, asking: Viewer | null): unknown {
  try {
    return field.resolve?.(source, {}, { viewer: asking }, {} as never);
  } catch (error) {
    return (error as { extensions?: { code?: unknown } }).extensions?.code;
  }
}

const refusal = ({ type, field }: { type: GraphQLObjectType; field: GraphQLField<unknown, unknown> }, code: string) =>
  !roots.has(type) && !String(field.type).endsWith('!') ? null : code;

describe('the guard', () => {
  test('lets the holder of the permission through, at every field', () => {
    reached.length = 0;
    for (const { field } of fields) expect(outcome(field, { tenantId: OURS }, viewer(PERMISSIONS))).toBeUndefined();
    expect(reached).toEqual(fields.map(({ name }) => name));
  });

  test('refuses a row of another tenant at every field of every type, whatever its viewer holds', () => {
    reached.length = 0;
    for (const one of fields.filter(({ type }) => !roots.has(type))) {
      const nullable = refusal(one, 'FORBIDDEN');
      expect(outcome(one.field, { tenantId: THEIRS }, viewer(PERMISSIONS)), one.name).toBe(nullable);
      expect(outcome(one.field, { tenantId: undefined }, viewer(PERMISSIONS)), one.name).toBe(nullable);
    }
    expect(reached).toEqual([]);
  });

  test("knows another company's own row for foreign too", () => {
    const type = types.find((one) => one.name === 'Tenant');
    const row = Object.assign(new Tenant(), { id: THEIRS, name: 'Theirs' });
    for (const field of Object.values(type?.getFields() ?? {}))
      expect(outcome(field, row, viewer(PERMISSIONS)), field.name).toBe('FORBIDDEN');
    row.id = OURS;
    for (const field of Object.values(type?.getFields() ?? {}))
      expect(outcome(field, row, viewer(PERMISSIONS)), field.name).toBeUndefined();
  });

  test('refuses whoever lacks just the one permission, and only there', () => {
    for (const missing of PERMISSIONS) {
      const asking = viewer(PERMISSIONS.filter((permission) => permission !== missing));
      for (const one of fields) {
        const needed = policyOf(one.type, one.field) === missing;
        expect(outcome(one.field, { tenantId: OURS }, asking), `${one.name} without ${missing}`).toBe(
          needed ? refusal(one, 'FORBIDDEN') : undefined,
        );
      }
    }
  });

  test('refuses nobody in particular everywhere but where anyone is welcome', () => {
    for (const one of fields) {
      const welcome = policyOf(one.type, one.field) === 'anyone';
      expect(outcome(one.field, {}, null), one.name).toBe(welcome ? undefined : refusal(one, 'UNAUTHENTICATED'));
    }
  });

  test('asks at both ends of a subscription: before it begins, and at each event', () => {
    const subscriptions = fields.filter(({ type }) => type === built.getSubscriptionType());
    expect(subscriptions.length).toBeGreaterThan(2);
    for (const { field } of subscriptions) {
      const allow = field.extensions['allow'] as (asking: Viewer | null) => unknown;
      expect(() => allow(null)).toThrow('Sign in');
      expect(() => allow(viewer([]))).toThrow('is needed');
      expect(() => allow(viewer(PERMISSIONS))).not.toThrow();
      expect(outcome(field, { tenantId: OURS }, viewer([]))).toBe('FORBIDDEN');
    }
  });

  test('holds a policy against the permissions a viewer has, nothing else', () => {
    expect(allows('anyone', null)).toBe(true);
    expect(allows('credential', null)).toBe(false);
    expect(allows('credential', viewer([]))).toBe(true);
    expect(allows('inbox:reply', viewer(['inbox:read']))).toBe(false);
    expect(allows('inbox:reply', viewer(['inbox:reply']))).toBe(true);
  });
});
