import 'reflect-metadata';
import { getNamedType, type GraphQLSchema, isInputObjectType } from 'graphql';
import { type BuildSchemaOptions, buildSchemaSync, getMetadataStorage } from 'type-graphql';
import { ContactIdentityResolver, ContactResolver } from '../contacts/contact.resolver.ts';
import { ChangeConversationResolver } from '../conversations/change-conversation.resolver.ts';
import { ConversationResolver } from '../conversations/conversation.resolver.ts';
import { ContactMergesResolver, MergeContactsResolver } from '../conversations/merge-contacts.resolver.ts';
import { ChangeNumberResolver } from '../conversations/change-number.resolver.ts';
import { ConnectNumberResolver } from '../conversations/connect-number.resolver.ts';
import { WhatsappNumberResolver } from '../conversations/whatsapp-number.resolver.ts';
import { EventResolver } from '../events/event.resolver.ts';
import { ApiKeyResolver } from '../identity/api-key.resolver.ts';
import { MemberResolver } from '../identity/member.resolver.ts';
import { SignInResolver } from '../identity/sign-in.resolver.ts';
import { ViewerResolver } from '../identity/viewer.resolver.ts';
import { MediaResolver } from '../messaging/media/media.resolver.ts';
import { CardFileResolver, TemplateFileResolver } from '../messaging/media/template-file.resolver.ts';
import { ConversationMessagesResolver, MessageResolver } from '../messaging/message.resolver.ts';
import { ContactCardResolver } from '../messaging/content/contact-card.ts';
import { InteractiveReplyResolver } from '../messaging/content/interactive-reply.ts';
import { MessageContentResolver } from '../messaging/content/message-content.resolver.ts';
import { SentTemplateCardResolver, SentTemplateResolver } from '../messaging/content/sent-template.ts';
import { ChangeMessageResolver } from '../messaging/outgoing/change-message.resolver.ts';
import { UndeliverableResolver } from '../messaging/outgoing/undeliverable.resolver.ts';
import { WaitingResolver } from '../messaging/outgoing/waiting.resolver.ts';
import { QuarantineResolver } from '../messaging/quarantine/quarantine.resolver.ts';
import { SendMessageResolver } from '../messaging/send-message.resolver.ts';
import { ConversationChangedResolver, MessageChangedResolver } from '../messaging/subscriptions.resolver.ts';
import { ChangeTemplatesResolver } from '../templates/change-templates.resolver.ts';
import { MessagePriceResolver } from '../templates/message-price.resolver.ts';
import { SyncTemplatesResolver } from '../templates/sync-templates.resolver.ts';
import { TemplateChangedResolver } from '../templates/template-changed.resolver.ts';
import { TemplateResolver } from '../templates/template.resolver.ts';
import { guardSchema } from '../platform/guard.ts';
import { callDirectly } from './direct-resolvers.ts';

function neverHere(): never {
  throw new Error('Subscriptions are served by the hub.');
}

const RESOLVERS: BuildSchemaOptions['resolvers'] = [
  ViewerResolver,
  SignInResolver,
  MemberResolver,
  ApiKeyResolver,
  EventResolver,
  ContactResolver,
  ContactIdentityResolver,
  MergeContactsResolver,
  ContactMergesResolver,
  ConversationResolver,
  ChangeConversationResolver,
  WhatsappNumberResolver,
  ConnectNumberResolver,
  ChangeNumberResolver,
  TemplateResolver,
  ChangeTemplatesResolver,
  MessagePriceResolver,
  SyncTemplatesResolver,
  TemplateChangedResolver,
  MessageResolver,
  ConversationMessagesResolver,
  MessageContentResolver,
  MediaResolver,
  CardFileResolver,
  TemplateFileResolver,
  ContactCardResolver,
  InteractiveReplyResolver,
  SentTemplateCardResolver,
  SentTemplateResolver,
  SendMessageResolver,
  ChangeMessageResolver,
  UndeliverableResolver,
  WaitingResolver,
  QuarantineResolver,
  MessageChangedResolver,
  ConversationChangedResolver,
];

/** Builds the API's schema, every field wrapped with its policy. Throws when a field has none. */
export function createSchema(): GraphQLSchema {
  const schema = assembleSchema();
  callDirectly(schema);
  return guardSchema(schema);
}

/** The schema before the guard: nothing may serve it. */
export function assembleSchema(): GraphQLSchema {
  // Plain properties are read without a promise each.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    orphanedTypes: [],
    validate: false,
    emitSchemaFile: false,
    // Asked for wherever there are subscriptions; ours are served by the hub and never come here.
    pubSub: { publish: () => undefined, subscribe: neverHere },
  });
  describeInputs(schema);
  return schema;
}

/** A mutation's one argument is what its type says: nobody writes it twice. */
function describeInputs(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    for (const arg of field.args) {
      const type = getNamedType(arg.type);
      if (isInputObjectType(type)) arg.description ??= type.description;
    }
  }
}
