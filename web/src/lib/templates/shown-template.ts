import type { TemplateButtonKind, TemplateHeaderKind } from '#lib/gql/graphql.ts';

/** A template as its preview needs it: a stored one, or one that is being written. */
export interface ShownTemplate {
  header: { kind: TemplateHeaderKind; text?: string | null } | null;
  body: string | null;
  footer: string | null;
  buttons: readonly { type: TemplateButtonKind; text: string; phone?: string | null }[];
  /** What stands for a variable, by its place and name, such as `BODY 1`. */
  examples: ReadonlyMap<string, string>;
}

interface Variable {
  place: string;
  name: string;
  example?: string | null;
}

/** The examples of a stored template's variables, for its preview. */
export function examplesOf(variables: readonly Variable[]): Map<string, string> {
  return new Map(variables.flatMap(({ place, name, example }) => (example ? [[`${place} ${name}`, example] as const] : [])));
}
