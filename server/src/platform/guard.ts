import {
  defaultFieldResolver,
  isIntrospectionType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { fault } from './faults.ts';
import { isPermission, type Policy } from './permissions.ts';
import type { Viewer } from './viewer.ts';

interface Guarded {
  viewer: Viewer | null;
}

/**
 * Wraps every field of the schema once with its policy. Throws, naming them all, when fields have none.
 * A field refused is null where it may be null and an error where it may not; an object of another tenant is refused whole.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const missing: string[] = [];
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const policy = policyOf(type, field);
      if (!policy) missing.push(`${type.name}.${field.name}`);
      else wrap(field, policy, roots.has(type), type === schema.getSubscriptionType());
    }
  }
  if (missing.length) throw new Error(`Fields without a policy (@Can): ${missing.join(', ')}`);
  return schema;
}

/** A field's own policy, else its type's; undefined when neither says anything valid. */
export function policyOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Policy | undefined {
  const policy = (field.extensions['can'] ?? type.extensions['can']) as Policy | undefined;
  return policy && (policy === 'anyone' || policy === 'credential' || isPermission(policy)) ? policy : undefined;
}

/** True when the viewer satisfies the policy. */
export function allows(policy: Policy, viewer: Viewer | null): boolean {
  if (policy === 'anyone') return true;
  if (!viewer) return false;
  return policy === 'credential' || viewer.permissions.has(policy);
}

function wrap(field: GraphQLField<unknown, unknown>, policy: Policy, isRoot: boolean, isSubscription: boolean): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  const nullable = !String(field.type).endsWith('!');
  const refuse = (viewer: Viewer | null) => {
    if (!isRoot && nullable) return null;
    throw viewer
      ? fault('FORBIDDEN', `You may not see or do this: ${policy} is needed.`)
      : fault('UNAUTHENTICATED', 'Sign in, or send an API key.');
  };
  field.resolve = (source, args, context, info) => {
    const { viewer } = context as Guarded;
    if (!allows(policy, viewer)) return refuse(viewer);
    if (!isRoot && isForeign(source, viewer)) return refuse(viewer);
    return resolve(source, args, context, info);
  };
  if (isSubscription)
    field.extensions = { ...field.extensions, allow: (viewer: Viewer | null) => allows(policy, viewer) || refuse(viewer) };
}

/** The last wall before the wire: whatever a resolver got hold of, a row of another tenant goes no further. */
function isForeign(source: unknown, viewer: Viewer | null): boolean {
  if (typeof source !== 'object' || source === null || !('tenantId' in source)) return false;
  return source.tenantId !== viewer?.tenantId;
}
