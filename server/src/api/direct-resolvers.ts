import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { isIntrospectionType, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Handler = (...params: unknown[]) => unknown;
type FieldMetadata = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];

/**
 * Lets fields read their property, or call their resolver's method as it stands, where it takes nothing but the parent and the context. The library's way to it (parameters looked up,
 * the parent turned into its class, an async function around it) costs more than most of our methods, on every field of every row.
 */
export function callDirectly(schema: GraphQLSchema): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const instances = new Map<unknown, Record<string, Handler>>();
  for (const metadata of fieldResolvers) {
    if (metadata.kind !== 'external' || metadata.middlewares?.length || !takesParentAndContextOnly(metadata)) continue;
    const owner = objectTypes.find((each) => each.target === metadata.getObjectType?.());
    const type = owner && schema.getType(owner.name);
    const field = isObjectType(type) ? type.getFields()[metadata.schemaName] : undefined;
    if (!field) continue;
    const resolver = metadata.target as new () => Record<string, Handler>;
    const instance = instances.get(resolver) ?? new resolver();
    instances.set(resolver, instance);
    field.resolve = direct(instance, metadata);
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve ??= (parent) => (parent as Record<string, unknown>)[field.name];
  }
  // The hub's root value is the event itself, and so is what every subscription's method gives back.
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) field.resolve = (event) => event;
}

function takesParentAndContextOnly({ params = [] }: FieldMetadata): boolean {
  return params.every((param) => (param.kind === 'root' || param.kind === 'context') && param.propertyName === undefined);
}

function direct(
  instance: Record<string, Handler>,
  { methodName, params = [] }: FieldMetadata,
): GraphQLFieldResolver<unknown, unknown> {
  const method = (instance[methodName] as Handler).bind(instance);
  const kinds = [...params].sort((a, b) => a.index - b.index).map((param) => param.kind);
  switch (kinds.join()) {
    case '':
      return () => method();
    case 'root':
      return (parent) => method(parent);
    case 'context':
      return (_parent, _args, context) => method(context);
    case 'root,context':
      return (parent, _args, context) => method(parent, context);
    default:
      return (parent, _args, context) => method(...kinds.map((kind) => (kind === 'root' ? parent : context)));
  }
}
