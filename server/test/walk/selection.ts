import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** How a selection goes on below a field: `null` ends it. */
type Selection = string | null;

/**
 * Selects every field of a type, and of what its fields lead to, `depth` levels down. A type is not entered again on its own path more
 * than `again` times. Throws for a field that cannot be asked without arguments: the walk would pass it by.
 */
export function selectAll(type: GraphQLOutputType, depth: number, again = 0): Selection {
  return below(type, depth, again, []);
}

function below(type: GraphQLOutputType, depth: number, again: number, way: readonly string[]): Selection {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) throw new Error(`${named.name} is neither an object nor a leaf: teach the walk to enter it.`);
  if (depth === 0 || way.filter((name) => name === named.name).length > again) return null;
  const fields: string[] = [];
  for (const field of Object.values(named.getFields())) {
    refuseRequired(named.name, field);
    const inner = below(field.type, depth - 1, again, [...way, named.name]);
    if (inner !== null) fields.push(`${field.name}${inner}`);
  }
  return fields.length ? ` { ${fields.join(' ')} }` : null;
}

function refuseRequired(type: string, field: GraphQLField<unknown, unknown>): void {
  const required = field.args.filter(isRequiredArgument).map((arg) => arg.name);
  if (required.length) throw new Error(`${type}.${field.name} needs ${required.join(', ')}: teach the walk to give them.`);
}

/** Fields from Query to a type, as names: the shortest way, through fields that need no arguments. Undefined when there is none. */
export function wayTo(schema: GraphQLSchema, target: string): string[] | undefined {
  const start = schema.getQueryType();
  if (!start) return undefined;
  const seen = new Set([start.name]);
  const open: { type: GraphQLOutputType; way: string[] }[] = [{ type: start, way: [] }];
  for (let at = open.shift(); at; at = open.shift()) {
    const named = getNamedType(at.type);
    if (named.name === target) return at.way;
    if (!isObjectType(named)) continue;
    for (const field of Object.values(named.getFields())) {
      const next = getNamedType(field.type);
      if (seen.has(next.name) || field.args.some(isRequiredArgument)) continue;
      seen.add(next.name);
      open.push({ type: field.type, way: [...at.way, field.name] });
    }
  }
  return undefined;
}
