import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { Shows } from './subscription.ts';

/** The rows that a subscription's payload shows, from the fields its document selects of it, also by way of fragments. */
export function shownRows(document: DocumentNode, root: FieldNode, field: GraphQLField<unknown, unknown>): Shows[] {
  const type = getNamedType(field.type);
  if (!isObjectType(type) || !root.selectionSet) return [];
  const shown = new Set<Shows>();
  const visited = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const row = type.getFields()[selection.name.value]?.extensions['shows'] as Shows | undefined;
        if (row) shown.add(row);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else {
        const name = selection.name.value;
        if (visited.has(name)) continue;
        visited.add(name);
        const fragment = document.definitions.find((each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name);
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) visit(fragment.selectionSet);
      }
    }
  };
  visit(root.selectionSet);
  return [...shown];
}
