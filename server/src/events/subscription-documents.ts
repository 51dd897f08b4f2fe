import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLField,
  type GraphQLSchema,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ValidationRule,
  getArgumentValues,
  getVariableValues,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from '../platform/context.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { LogEvent } from './read-log.ts';
import type { Wants } from './subscription.ts';

/** A subscription document that was checked and compiled once, for all who send it. */
export interface PreparedDocument {
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  field: GraphQLField<unknown, unknown>;
  wants: Wants;
  /** Throws when the viewer may not subscribe to it. */
  allow(viewer: Viewer): void;
  /** The field's arguments for these variables. Throws the first fault among them. */
  args(variables: Record<string, unknown> | undefined): { args: Record<string, unknown>; variables: Record<string, unknown> };
  run(event: LogEvent, ctx: Context, variables: Record<string, unknown>): ExecutionResult | Promise<ExecutionResult>;
}

const MOST_KEPT = 1000;
const MOST_TOKENS = 2000;

/** Checks and compiles subscription documents and keeps the latest thousand. */
export class SubscriptionDocuments {
  private readonly kept = new Map<string, PreparedDocument>();

  constructor(
    readonly schema: GraphQLSchema,
    private readonly rules: readonly ValidationRule[] = [],
  ) {}

  /** Gives the document ready to run. Throws a list of GraphQL errors that the client may see. */
  prepare(source: string): PreparedDocument {
    const known = this.kept.get(source);
    if (known) return known;
    const made = this.compile(source);
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(source, made);
    return made;
  }

  private compile(source: string): PreparedDocument {
    const { schema } = this;
    const document = parse(source, { maxTokens: MOST_TOKENS });
    const faults = validate(schema, document, [...specifiedRules, ...this.rules]);
    if (faults.length) throw new DocumentRefused(faults);
    const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    if (operation?.operation !== 'subscription') throw refused('Only subscriptions go over this connection. Send queries and mutations by POST to /graphql.');
    const selection = operation.selectionSet.selections[0];
    if (selection?.kind !== Kind.FIELD) throw refused('Name the subscription field itself, not a fragment around it.');
    const field = schema.getSubscriptionType()?.getFields()[selection.name.value];
    const wants = field?.extensions['wants'] as Wants | undefined;
    const allow = field?.extensions['allow'] as ((viewer: Viewer) => void) | undefined;
    if (!field || !wants || !allow) throw refused('This cannot be subscribed to.');
    const compiled = compileQuery(schema, document, operation.name?.value ?? '', { customJSONSerializer: false });
    if (!isCompiledQuery(compiled)) throw new DocumentRefused(compiled.errors ?? [new GraphQLError('This document cannot be run.')]);
    return {
      source,
      document,
      operation,
      field,
      wants,
      allow,
      args: (given) => {
        const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given ?? {});
        if (errors) throw new DocumentRefused(errors);
        return { args: getArgumentValues(field, selection, coerced), variables: coerced };
      },
      run: (event, ctx, variables) => compiled.query(event, ctx, variables),
    };
  }
}

/** Why a document is not run, as errors for its sender. */
export class DocumentRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
  }
}

function refused(message: string): DocumentRefused {
  return new DocumentRefused([new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } })]);
}
