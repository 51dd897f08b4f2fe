import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  GraphQLError,
  type FieldNode,
  Kind,
  type ValidationRule,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  parse,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from '../platform/context.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { LogEvent } from './read-log.ts';
import { shownRows } from './shown-rows.ts';
import type { Shows, Wants } from './subscription.ts';

/** A subscription document that was checked and compiled once, for all who send it. */
export interface PreparedDocument {
  source: string;
  document: DocumentNode;
  wants: Wants;
  /** The rows that its payloads show. */
  shown: readonly Shows[];
  /** Throws when the viewer may not subscribe to it. */
  allow(viewer: Viewer): void;
  /** What these variables come to. Throws the faults among them. */
  args(given: Record<string, unknown> | null | undefined): SubscriptionArgs;
  run(event: LogEvent, ctx: Context, variables: Record<string, unknown>): ExecutionResult | Promise<ExecutionResult>;
}

export interface SubscriptionArgs {
  /** The cursor to go on from. It is the subscriber's own, not the group's. */
  after: string | null;
  /** The field's other arguments. */
  args: Record<string, unknown>;
  variables: Record<string, unknown>;
  /** The variables without the cursor's: with them and the arguments, payloads are the same. */
  shared: Record<string, unknown>;
}

const MOST_KEPT = 1000;
/** Characters of all documents kept. */
const MOST_TEXT = 1 << 20;
const MOST_TOKENS = 2000;

/** Checks and compiles subscription documents and keeps those used last. */
export class SubscriptionDocuments {
  private readonly kept = new Map<string, PreparedDocument>();
  private text = 0;

  constructor(
    readonly schema: GraphQLSchema,
    private readonly rules: readonly ValidationRule[] = [],
  ) {}

  /** Gives the document ready to run. Throws a list of GraphQL errors that the client may see. */
  prepare(source: string): PreparedDocument {
    const made = this.kept.get(source) ?? this.compile(source);
    // A Map keeps the order in which keys came: taken out and put back, this one is the last to go.
    if (this.kept.delete(source)) this.text -= source.length;
    this.kept.set(source, made);
    this.text += source.length;
    while (this.kept.size > 1 && (this.kept.size > MOST_KEPT || this.text > MOST_TEXT)) {
      const [oldest = ''] = this.kept.keys();
      this.kept.delete(oldest);
      this.text -= oldest.length;
    }
    return made;
  }

  private compile(source: string): PreparedDocument {
    const { schema } = this;
    const document = parse(source, { maxTokens: MOST_TOKENS });
    const faults = validate(schema, document, [...specifiedRules, ...this.rules]);
    if (faults.length) throw new DocumentRefused(faults);
    const operation = getOperationAST(document);
    if (!operation) throw refused('Send one operation at a time.');
    if (operation.operation !== 'subscription')
      throw refused('Only subscriptions go over this connection. Send queries and mutations by POST to /graphql.');
    const selection = operation.selectionSet.selections[0];
    if (selection?.kind !== Kind.FIELD) throw refused('Name the subscription field itself, not a fragment around it.');
    const field = schema.getSubscriptionType()?.getFields()[selection.name.value];
    const wants = field?.extensions['wants'] as Wants | undefined;
    const allow = field?.extensions['allow'] as ((viewer: Viewer) => void) | undefined;
    if (!field || !wants || !allow) throw refused('This cannot be subscribed to.');
    const compiled = compileQuery(schema, document, operation.name?.value ?? '', { customJSONSerializer: false });
    if (!isCompiledQuery(compiled))
      throw new DocumentRefused(compiled.errors ?? [new GraphQLError('This document cannot be run.')]);
    const cursorVariable = cursorVariableOf(document, selection);
    return {
      source,
      document,
      wants,
      shown: shownRows(document, selection, field),
      allow,
      args: (given) => {
        const { errors, coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given ?? {});
        if (errors) throw new DocumentRefused(errors);
        const { after, ...args } = getArgumentValues(field, selection, coerced);
        const shared = { ...coerced };
        if (cursorVariable) delete shared[cursorVariable];
        return { after: typeof after === 'string' ? after : null, args, variables: coerced, shared };
      },
      run: (event, ctx, variables) => compiled.query(event, ctx, variables),
    };
  }
}

/** The variable that holds the cursor and nothing else: one that is used elsewhere too makes a difference to payloads. */
function cursorVariableOf(document: DocumentNode, root: FieldNode): string | undefined {
  const value = root.arguments?.find((argument) => argument.name.value === 'after')?.value;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  const name = value.name.value;
  let uses = 0;
  visit(document, { Variable: (node) => void (uses += Number(node.name.value === name)) });
  // Its definition is one, the argument the other.
  return uses === 2 ? name : undefined;
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
