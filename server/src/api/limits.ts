import { GraphQLError, Kind, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';

/** Bounds on one document; each refusal names its bound. */
export const LIMITS = { depth: 10, aliases: 15, tokens: 2000, directives: 20 } as const;

/** Refuses documents that nest deeper than 10 fields. Introspection has its own, deeper shape and is let through. */
export const depthRule: ValidationRule = (context) => ({
  OperationDefinition(node) {
    const depth = depthOf(context, node.selectionSet, new Map());
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

/** Each fragment is measured once, however often it is spread: visiting every spread would take time without end. */
function depthOf(context: ValidationContext, selections: SelectionSetNode, measured: Map<string, number>): number {
  let deepest = 0;
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      deepest = Math.max(deepest, 1 + (selection.selectionSet ? depthOf(context, selection.selectionSet, measured) : 0));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(context, selection.selectionSet, measured));
    } else {
      deepest = Math.max(deepest, depthOfFragment(context, selection.name.value, measured));
    }
  }
  return deepest;
}

function depthOfFragment(context: ValidationContext, name: string, measured: Map<string, number>): number {
  const known = measured.get(name);
  if (known !== undefined) return known;
  // A circle, which another rule refuses, ends here.
  measured.set(name, 0);
  const fragment = context.getFragment(name);
  const depth = fragment ? depthOf(context, fragment.selectionSet, measured) : 0;
  measured.set(name, depth);
  return depth;
}

function refuse(context: ValidationContext, message: string): void {
  context.reportError(new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } }));
}
