import { GraphQLError, Kind, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';

/** Bounds on one document; each refusal names its bound. */
export const LIMITS = { depth: 10, aliases: 15, tokens: 2000, directives: 20 } as const;

/** Refuses documents that nest deeper than 10 fields. Introspection has its own, deeper shape and is let through. */
export const depthRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    const depth = depthOf(context, node.selectionSet, new Set());
    if (depth > LIMITS.depth) refuse(context, `This document is ${depth} fields deep; ${LIMITS.depth} are allowed.`);
  },
});

/** Refuses documents with more than 15 aliases or 20 directives: both multiply work. */
export const countRule: ValidationRule = (context) => {
  let aliases = 0;
  let directives = 0;
  return {
    Field(node) {
      if (node.alias && ++aliases === LIMITS.aliases + 1) refuse(context, `Up to ${LIMITS.aliases} aliases are allowed.`);
    },
    Directive() {
      if (++directives === LIMITS.directives + 1) refuse(context, `Up to ${LIMITS.directives} directives are allowed.`);
    },
  };
};

export const LIMIT_RULES: ValidationRule[] = [depthRule, countRule];

function depthOf(context: ValidationContext, selections: SelectionSetNode, inside: Set<string>): number {
  let deepest = 0;
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      deepest = Math.max(deepest, 1 + (selection.selectionSet ? depthOf(context, selection.selectionSet, inside) : 0));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(context, selection.selectionSet, inside));
    } else {
      const name = selection.name.value;
      const fragment = inside.has(name) ? undefined : context.getFragment(name);
      if (fragment) deepest = Math.max(deepest, depthOf(context, fragment.selectionSet, new Set([...inside, name])));
    }
  }
  return deepest;
}

function refuse(context: ValidationContext, message: string): void {
  context.reportError(new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } }));
}
