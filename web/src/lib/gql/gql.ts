/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation ShowTyping($input: ShowTypingInput!) {\n    showTyping(input: $input) {\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.ShowTypingDocument,
    "\n  query ReadPrice($input: MessagePriceInput!) {\n    messagePrice(input: $input) {\n      amount\n      currency\n      category\n      priceType\n    }\n  }\n": typeof types.ReadPriceDocument,
    "\n  fragment PickedTemplate on Template {\n    id\n    name\n    language\n    category\n    isSendable\n    notSendableReason\n    body\n    footer\n    header {\n      kind\n      text\n    }\n    headerMedia {\n      ...MediaOnScreen\n    }\n    buttons {\n      type\n      text\n      url\n      phone\n    }\n    variables {\n      place\n      name\n      kind\n      label\n      example\n    }\n  }\n": typeof types.PickedTemplateFragmentDoc,
    "\n  query ListTemplates($search: String, $whatsappNumberId: ID!, $first: Int!, $after: String) {\n    templates(search: $search, whatsappNumberId: $whatsappNumberId, first: $first, after: $after) {\n      nodes {\n        ...PickedTemplate\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.ListTemplatesDocument,
    "\n  query ReadReach($id: ID!) {\n    conversation(id: $id) {\n      id\n      contact {\n        id\n        marketingStoppedAt\n      }\n      whatsappNumber {\n        id\n        messagingLimit {\n          limit\n          used\n          remaining\n        }\n      }\n    }\n  }\n": typeof types.ReadReachDocument,
    "\n  fragment ContactRow on Contact {\n    id\n    name\n    phone\n    createdAt\n    marketingStoppedAt\n    identities {\n      id\n      kind\n      value\n      endedAt\n    }\n  }\n": typeof types.ContactRowFragmentDoc,
    "\n  query ListContacts($first: Int!, $after: String, $search: String) {\n    contacts(first: $first, after: $after, search: $search) {\n      nodes {\n        ...ContactRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.ListContactsDocument,
    "\n  fragment MergeOnScreen on ContactMerge {\n    id\n    mergedAt\n    undoneAt\n    from {\n      ...ContactRow\n    }\n    into {\n      ...ContactRow\n    }\n  }\n": typeof types.MergeOnScreenFragmentDoc,
    "\n  query ReadContact($id: ID!) {\n    contact(id: $id) {\n      ...ContactRow\n      mergedInto {\n        ...ContactRow\n      }\n      merges {\n        ...MergeOnScreen\n      }\n    }\n  }\n": typeof types.ReadContactDocument,
    "\n  mutation MergeContacts($input: MergeContactsInput!) {\n    mergeContacts(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.MergeContactsDocument,
    "\n  mutation UndoContactMerge($input: UndoContactMergeInput!) {\n    undoContactMerge(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.UndoContactMergeDocument,
    "\n  fragment AttentionRow on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    conversation {\n      id\n      contact {\n        id\n        name\n        phone\n        identities {\n          kind\n          value\n        }\n      }\n      whatsappNumber {\n        id\n        name\n      }\n    }\n  }\n": typeof types.AttentionRowFragmentDoc,
    "\n  query ListFailed($first: Int!, $after: String) {\n    eventCursor\n    list: failedMessages(first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.ListFailedDocument,
    "\n  query ListWaiting($kind: WaitingKind!, $first: Int!, $after: String) {\n    eventCursor\n    list: waitingMessages(kind: $kind, first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.ListWaitingDocument,
    "\n  query FailedIds($after: String) {\n    failedMessages(first: 100, after: $after) {\n      nodes {\n        id\n        status\n        failure {\n          retryable\n        }\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.FailedIdsDocument,
    "\n  subscription MessageStatusChanged($after: Cursor) {\n    messageChanged(after: $after) {\n      cursor\n      status\n      message {\n        id\n      }\n    }\n  }\n": typeof types.MessageStatusChangedDocument,
    "\n  mutation RetryMany($input: RetryMessagesInput!) {\n    retryMessages(input: $input) {\n      messages {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.RetryManyDocument,
    "\n  mutation CancelWaiting($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.CancelWaitingDocument,
    "\n  mutation ReleaseHeld($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.ReleaseHeldDocument,
    "\n  mutation Reschedule($input: RescheduleMessageInput!) {\n    rescheduleMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.RescheduleDocument,
    "\n  fragment ConversationRow on Conversation {\n    id\n    status\n    createdAt\n    lastActivityAt\n    unreadCount\n    window {\n      isOpen\n      closesAt\n    }\n    contact {\n      id\n      name\n      phone\n      createdAt\n      identities {\n        id\n        kind\n        value\n        undeliverableAt\n      }\n    }\n    assignee {\n      id\n      name\n    }\n    whatsappNumber {\n      id\n      name\n      displayPhone\n      status\n    }\n    lastMessage {\n      ...MessageSummary\n      status\n      attempt\n      sentAt\n      failure {\n        code\n        metaCode\n      }\n    }\n  }\n": typeof types.ConversationRowFragmentDoc,
    "\n  query OpenInbox($filter: ConversationFilter!, $first: Int!) {\n    eventCursor\n    inboxCounts {\n      ...Counts\n    }\n    conversations(filter: $filter, first: $first) {\n      ...ConversationPage\n    }\n  }\n": typeof types.OpenInboxDocument,
    "\n  fragment ConversationPage on ConversationConnection {\n    nodes {\n      ...ConversationRow\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n": typeof types.ConversationPageFragmentDoc,
    "\n  fragment Counts on InboxCounts {\n    mine\n    unassigned\n    open\n    unread\n  }\n": typeof types.CountsFragmentDoc,
    "\n  query ListConversations($filter: ConversationFilter!, $first: Int!, $after: String) {\n    conversations(filter: $filter, first: $first, after: $after) {\n      ...ConversationPage\n    }\n  }\n": typeof types.ListConversationsDocument,
    "\n  query ReadCounts {\n    inboxCounts {\n      ...Counts\n    }\n  }\n": typeof types.ReadCountsDocument,
    "\n  query ReadCursor {\n    eventCursor\n  }\n": typeof types.ReadCursorDocument,
    "\n  subscription ConversationChanged($after: Cursor) {\n    conversationChanged(after: $after) {\n      cursor\n      conversation {\n        ...ConversationRow\n      }\n      message {\n        ...ThreadMessage\n      }\n    }\n  }\n": typeof types.ConversationChangedDocument,
    "\n  query OpenThread($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      ...ConversationRow\n      messages(last: $last, before: $before) {\n        nodes {\n          ...ThreadMessage\n        }\n        pageInfo {\n          startCursor\n          hasPreviousPage\n        }\n      }\n    }\n  }\n": typeof types.OpenThreadDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.SendMessageDocument,
    "\n  mutation RetryMessage($input: RetryMessageInput!) {\n    retryMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.RetryMessageDocument,
    "\n  mutation MarkConversationRead($input: MarkConversationReadInput!) {\n    markConversationRead(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.MarkConversationReadDocument,
    "\n  mutation AssignConversation($input: AssignConversationInput!) {\n    assignConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.AssignConversationDocument,
    "\n  mutation ResolveConversation($input: ResolveConversationInput!) {\n    resolveConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.ResolveConversationDocument,
    "\n  mutation ReopenConversation($input: ReopenConversationInput!) {\n    reopenConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.ReopenConversationDocument,
    "\n  query ListMembers {\n    members {\n      id\n      name\n    }\n  }\n": typeof types.ListMembersDocument,
    "\n  fragment ThreadMessage on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    editedAt\n    isForwarded\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      id\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    replyTo {\n      ...MessageSummary\n      author {\n        name\n      }\n    }\n    media {\n      ...MediaOnScreen\n    }\n    location {\n      latitude\n      longitude\n      url\n    }\n    contactCards {\n      company\n      jobTitle\n      birthday\n      phones {\n        phone\n        type\n      }\n      emails {\n        email\n        type\n      }\n      urls {\n        url\n      }\n      addresses {\n        street\n        city\n        state\n        zip\n        country\n        type\n      }\n    }\n    interactive {\n      header\n      footer\n      button\n      buttons {\n        id\n        title\n      }\n      sections {\n        title\n        rows {\n          id\n          title\n          description\n        }\n      }\n      link {\n        title\n        url\n      }\n    }\n    reply {\n      description\n      answers\n      name\n    }\n    template {\n      language\n      category\n      header\n      footer\n      headerLocation {\n        name\n        address\n        latitude\n        longitude\n        url\n      }\n      buttons {\n        type\n        text\n        url\n        phone\n        code\n      }\n    }\n    order {\n      items {\n        productId\n        price\n        currency\n      }\n    }\n    referral {\n      url\n      sourceType\n      headline\n      body\n      mediaType\n    }\n    reactions {\n      direction\n      emoji\n      messageId\n      at\n    }\n    cost {\n      amount\n      currency\n      category\n      priceType\n      isEstimate\n    }\n  }\n": typeof types.ThreadMessageFragmentDoc,
    "\n  fragment MessageSummary on Message {\n    id\n    direction\n    kind\n    text\n    revokedAt\n    media {\n      id\n      kind\n      isVoice\n      durationMs\n    }\n    location {\n      name\n      address\n    }\n    contactCards {\n      formattedName\n    }\n    interactive {\n      type\n    }\n    reply {\n      type\n    }\n    template {\n      name\n    }\n    order {\n      items {\n        quantity\n      }\n    }\n    system {\n      type\n    }\n    unsupportedType\n  }\n": typeof types.MessageSummaryFragmentDoc,
    "\n  fragment MediaOnScreen on Media {\n    id\n    kind\n    status\n    mimeType\n    width\n    height\n    durationMs\n    isVoice\n    isAnimated\n    fault\n    url\n    thumbnailUrl\n    fileName\n    size\n  }\n": typeof types.MediaOnScreenFragmentDoc,
    "\n  mutation CancelMessage($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.CancelMessageDocument,
    "\n  mutation ReleaseMessage($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.ReleaseMessageDocument,
    "\n  mutation SendReaction($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        id\n        status\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.SendReactionDocument,
    "\n  query ReadMessage($id: ID!) {\n    message(id: $id) {\n      ...ThreadMessage\n    }\n  }\n": typeof types.ReadMessageDocument,
    "\n  mutation RetryMedia($input: RetryMediaInput!) {\n    retryMedia(input: $input) {\n      media {\n        ...MediaOnScreen\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.RetryMediaDocument,
    "\n  fragment NumberOnScreen on WhatsappNumber {\n    id\n    name\n    displayPhone\n    phoneNumberId\n    status\n    quality\n    nameStatus\n    pausedBy\n    pausedReason\n    campaignsStoppedAt\n    isCoexistence\n    throughput\n    messagesPerSecond\n    syncedAt\n    webhookUrl\n    messagingLimit {\n      limit\n      used\n      remaining\n      resetsAt\n    }\n    account {\n      id\n      wabaId\n      name\n      currency\n      reviewStatus\n    }\n    app {\n      id\n      appId\n    }\n    profile {\n      about\n      address\n      description\n      email\n      websites\n      vertical\n    }\n  }\n": typeof types.NumberOnScreenFragmentDoc,
    "\n  query ListNumbers {\n    eventCursor\n    whatsappNumbers {\n      ...NumberOnScreen\n    }\n  }\n": typeof types.ListNumbersDocument,
    "\n  subscription NumberChanged($after: Cursor) {\n    eventRecorded(after: $after, kinds: [NUMBER_CHANGED]) {\n      cursor\n      subjectId\n    }\n  }\n": typeof types.NumberChangedDocument,
    "\n  mutation ConnectNumber($input: ConnectNumberInput!) {\n    answer: connectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.ConnectNumberDocument,
    "\n  mutation DisconnectNumber($input: DisconnectNumberInput!) {\n    answer: disconnectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.DisconnectNumberDocument,
    "\n  mutation PauseNumber($input: PauseNumberInput!) {\n    answer: pauseNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.PauseNumberDocument,
    "\n  mutation ResumeNumber($input: ResumeNumberInput!) {\n    answer: resumeNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.ResumeNumberDocument,
    "\n  mutation SyncNumber($input: SyncNumberInput!) {\n    answer: syncNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.SyncNumberDocument,
    "\n  mutation ReplaceNumberToken($input: ReplaceNumberTokenInput!) {\n    answer: replaceNumberToken(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.ReplaceNumberTokenDocument,
    "\n  mutation UpdateBusinessProfile($input: UpdateBusinessProfileInput!) {\n    answer: updateBusinessProfile(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.UpdateBusinessProfileDocument,
    "\n  query ListQuarantine($first: Int!, $after: String) {\n    quarantinedWebhooks(first: $first, after: $after) {\n      nodes {\n        id\n        reason\n        receivedAt\n        resolvedAt\n        isShared\n        body\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.ListQuarantineDocument,
    "\n  mutation ReplayWebhook($input: ReplayWebhookInput!) {\n    answer: replayWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.ReplayWebhookDocument,
    "\n  mutation DismissWebhook($input: DismissWebhookInput!) {\n    answer: dismissWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.DismissWebhookDocument,
    "\n  fragment ViewerOnScreen on Viewer {\n    locale\n    permissions\n    member {\n      id\n      name\n      email\n      role {\n        id\n        name\n      }\n    }\n    tenant {\n      id\n      name\n    }\n  }\n": typeof types.ViewerOnScreenFragmentDoc,
    "\n  query ReadViewer {\n    viewer {\n      ...ViewerOnScreen\n    }\n  }\n": typeof types.ReadViewerDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        locale\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation SignOut {\n    signOut {\n      userErrors {\n        code\n      }\n    }\n  }\n": typeof types.SignOutDocument,
    "\n  query ReadAttention {\n    failedMessages(first: 100) {\n      nodes {\n        id\n      }\n    }\n    waitingMessages(kind: HELD, first: 100) {\n      nodes {\n        id\n      }\n    }\n  }\n": typeof types.ReadAttentionDocument,
    "\n  fragment TemplateOnScreen on Template {\n    ...PickedTemplate\n    status\n    quality\n    rejectedReason\n    statusNote\n    parameterFormat\n    upcomingCategory\n    upcomingAt\n    updatedAt\n    account {\n      id\n      name\n      wabaId\n    }\n  }\n": typeof types.TemplateOnScreenFragmentDoc,
    "\n  query ListAllTemplates($first: Int!, $after: String, $search: String, $status: TemplateStatus, $category: TemplateCategory) {\n    eventCursor\n    templates(first: $first, after: $after, search: $search, status: $status, category: $category) {\n      nodes {\n        ...TemplateOnScreen\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.ListAllTemplatesDocument,
    "\n  subscription TemplateChangedOnScreen($after: Cursor) {\n    templateChanged(after: $after) {\n      cursor\n      template {\n        ...TemplateOnScreen\n      }\n    }\n  }\n": typeof types.TemplateChangedOnScreenDocument,
    "\n  query ListSenders {\n    whatsappNumbers {\n      id\n      name\n      status\n      account {\n        id\n        name\n        wabaId\n        templatesSyncedAt\n      }\n    }\n  }\n": typeof types.ListSendersDocument,
    "\n  mutation SyncTemplates($input: SyncTemplatesInput!) {\n    syncTemplates(input: $input) {\n      account {\n        id\n        templatesSyncedAt\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.SyncTemplatesDocument,
    "\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    answer: createTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.CreateTemplateDocument,
    "\n  mutation EditTemplate($input: EditTemplateInput!) {\n    answer: editTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.EditTemplateDocument,
    "\n  mutation SubmitTemplate($input: SubmitTemplateInput!) {\n    answer: submitTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.SubmitTemplateDocument,
    "\n  mutation DeleteTemplate($input: DeleteTemplateInput!) {\n    answer: deleteTemplate(input: $input) {\n      deletedId\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": typeof types.DeleteTemplateDocument,
};
const documents: Documents = {
    "\n  mutation ShowTyping($input: ShowTypingInput!) {\n    showTyping(input: $input) {\n      userErrors {\n        code\n      }\n    }\n  }\n": types.ShowTypingDocument,
    "\n  query ReadPrice($input: MessagePriceInput!) {\n    messagePrice(input: $input) {\n      amount\n      currency\n      category\n      priceType\n    }\n  }\n": types.ReadPriceDocument,
    "\n  fragment PickedTemplate on Template {\n    id\n    name\n    language\n    category\n    isSendable\n    notSendableReason\n    body\n    footer\n    header {\n      kind\n      text\n    }\n    headerMedia {\n      ...MediaOnScreen\n    }\n    buttons {\n      type\n      text\n      url\n      phone\n    }\n    variables {\n      place\n      name\n      kind\n      label\n      example\n    }\n  }\n": types.PickedTemplateFragmentDoc,
    "\n  query ListTemplates($search: String, $whatsappNumberId: ID!, $first: Int!, $after: String) {\n    templates(search: $search, whatsappNumberId: $whatsappNumberId, first: $first, after: $after) {\n      nodes {\n        ...PickedTemplate\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.ListTemplatesDocument,
    "\n  query ReadReach($id: ID!) {\n    conversation(id: $id) {\n      id\n      contact {\n        id\n        marketingStoppedAt\n      }\n      whatsappNumber {\n        id\n        messagingLimit {\n          limit\n          used\n          remaining\n        }\n      }\n    }\n  }\n": types.ReadReachDocument,
    "\n  fragment ContactRow on Contact {\n    id\n    name\n    phone\n    createdAt\n    marketingStoppedAt\n    identities {\n      id\n      kind\n      value\n      endedAt\n    }\n  }\n": types.ContactRowFragmentDoc,
    "\n  query ListContacts($first: Int!, $after: String, $search: String) {\n    contacts(first: $first, after: $after, search: $search) {\n      nodes {\n        ...ContactRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.ListContactsDocument,
    "\n  fragment MergeOnScreen on ContactMerge {\n    id\n    mergedAt\n    undoneAt\n    from {\n      ...ContactRow\n    }\n    into {\n      ...ContactRow\n    }\n  }\n": types.MergeOnScreenFragmentDoc,
    "\n  query ReadContact($id: ID!) {\n    contact(id: $id) {\n      ...ContactRow\n      mergedInto {\n        ...ContactRow\n      }\n      merges {\n        ...MergeOnScreen\n      }\n    }\n  }\n": types.ReadContactDocument,
    "\n  mutation MergeContacts($input: MergeContactsInput!) {\n    mergeContacts(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.MergeContactsDocument,
    "\n  mutation UndoContactMerge($input: UndoContactMergeInput!) {\n    undoContactMerge(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.UndoContactMergeDocument,
    "\n  fragment AttentionRow on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    conversation {\n      id\n      contact {\n        id\n        name\n        phone\n        identities {\n          kind\n          value\n        }\n      }\n      whatsappNumber {\n        id\n        name\n      }\n    }\n  }\n": types.AttentionRowFragmentDoc,
    "\n  query ListFailed($first: Int!, $after: String) {\n    eventCursor\n    list: failedMessages(first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.ListFailedDocument,
    "\n  query ListWaiting($kind: WaitingKind!, $first: Int!, $after: String) {\n    eventCursor\n    list: waitingMessages(kind: $kind, first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.ListWaitingDocument,
    "\n  query FailedIds($after: String) {\n    failedMessages(first: 100, after: $after) {\n      nodes {\n        id\n        status\n        failure {\n          retryable\n        }\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.FailedIdsDocument,
    "\n  subscription MessageStatusChanged($after: Cursor) {\n    messageChanged(after: $after) {\n      cursor\n      status\n      message {\n        id\n      }\n    }\n  }\n": types.MessageStatusChangedDocument,
    "\n  mutation RetryMany($input: RetryMessagesInput!) {\n    retryMessages(input: $input) {\n      messages {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.RetryManyDocument,
    "\n  mutation CancelWaiting($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.CancelWaitingDocument,
    "\n  mutation ReleaseHeld($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.ReleaseHeldDocument,
    "\n  mutation Reschedule($input: RescheduleMessageInput!) {\n    rescheduleMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.RescheduleDocument,
    "\n  fragment ConversationRow on Conversation {\n    id\n    status\n    createdAt\n    lastActivityAt\n    unreadCount\n    window {\n      isOpen\n      closesAt\n    }\n    contact {\n      id\n      name\n      phone\n      createdAt\n      identities {\n        id\n        kind\n        value\n        undeliverableAt\n      }\n    }\n    assignee {\n      id\n      name\n    }\n    whatsappNumber {\n      id\n      name\n      displayPhone\n      status\n    }\n    lastMessage {\n      ...MessageSummary\n      status\n      attempt\n      sentAt\n      failure {\n        code\n        metaCode\n      }\n    }\n  }\n": types.ConversationRowFragmentDoc,
    "\n  query OpenInbox($filter: ConversationFilter!, $first: Int!) {\n    eventCursor\n    inboxCounts {\n      ...Counts\n    }\n    conversations(filter: $filter, first: $first) {\n      ...ConversationPage\n    }\n  }\n": types.OpenInboxDocument,
    "\n  fragment ConversationPage on ConversationConnection {\n    nodes {\n      ...ConversationRow\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n": types.ConversationPageFragmentDoc,
    "\n  fragment Counts on InboxCounts {\n    mine\n    unassigned\n    open\n    unread\n  }\n": types.CountsFragmentDoc,
    "\n  query ListConversations($filter: ConversationFilter!, $first: Int!, $after: String) {\n    conversations(filter: $filter, first: $first, after: $after) {\n      ...ConversationPage\n    }\n  }\n": types.ListConversationsDocument,
    "\n  query ReadCounts {\n    inboxCounts {\n      ...Counts\n    }\n  }\n": types.ReadCountsDocument,
    "\n  query ReadCursor {\n    eventCursor\n  }\n": types.ReadCursorDocument,
    "\n  subscription ConversationChanged($after: Cursor) {\n    conversationChanged(after: $after) {\n      cursor\n      conversation {\n        ...ConversationRow\n      }\n      message {\n        ...ThreadMessage\n      }\n    }\n  }\n": types.ConversationChangedDocument,
    "\n  query OpenThread($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      ...ConversationRow\n      messages(last: $last, before: $before) {\n        nodes {\n          ...ThreadMessage\n        }\n        pageInfo {\n          startCursor\n          hasPreviousPage\n        }\n      }\n    }\n  }\n": types.OpenThreadDocument,
    "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.SendMessageDocument,
    "\n  mutation RetryMessage($input: RetryMessageInput!) {\n    retryMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.RetryMessageDocument,
    "\n  mutation MarkConversationRead($input: MarkConversationReadInput!) {\n    markConversationRead(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.MarkConversationReadDocument,
    "\n  mutation AssignConversation($input: AssignConversationInput!) {\n    assignConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.AssignConversationDocument,
    "\n  mutation ResolveConversation($input: ResolveConversationInput!) {\n    resolveConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.ResolveConversationDocument,
    "\n  mutation ReopenConversation($input: ReopenConversationInput!) {\n    reopenConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.ReopenConversationDocument,
    "\n  query ListMembers {\n    members {\n      id\n      name\n    }\n  }\n": types.ListMembersDocument,
    "\n  fragment ThreadMessage on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    editedAt\n    isForwarded\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      id\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    replyTo {\n      ...MessageSummary\n      author {\n        name\n      }\n    }\n    media {\n      ...MediaOnScreen\n    }\n    location {\n      latitude\n      longitude\n      url\n    }\n    contactCards {\n      company\n      jobTitle\n      birthday\n      phones {\n        phone\n        type\n      }\n      emails {\n        email\n        type\n      }\n      urls {\n        url\n      }\n      addresses {\n        street\n        city\n        state\n        zip\n        country\n        type\n      }\n    }\n    interactive {\n      header\n      footer\n      button\n      buttons {\n        id\n        title\n      }\n      sections {\n        title\n        rows {\n          id\n          title\n          description\n        }\n      }\n      link {\n        title\n        url\n      }\n    }\n    reply {\n      description\n      answers\n      name\n    }\n    template {\n      language\n      category\n      header\n      footer\n      headerLocation {\n        name\n        address\n        latitude\n        longitude\n        url\n      }\n      buttons {\n        type\n        text\n        url\n        phone\n        code\n      }\n    }\n    order {\n      items {\n        productId\n        price\n        currency\n      }\n    }\n    referral {\n      url\n      sourceType\n      headline\n      body\n      mediaType\n    }\n    reactions {\n      direction\n      emoji\n      messageId\n      at\n    }\n    cost {\n      amount\n      currency\n      category\n      priceType\n      isEstimate\n    }\n  }\n": types.ThreadMessageFragmentDoc,
    "\n  fragment MessageSummary on Message {\n    id\n    direction\n    kind\n    text\n    revokedAt\n    media {\n      id\n      kind\n      isVoice\n      durationMs\n    }\n    location {\n      name\n      address\n    }\n    contactCards {\n      formattedName\n    }\n    interactive {\n      type\n    }\n    reply {\n      type\n    }\n    template {\n      name\n    }\n    order {\n      items {\n        quantity\n      }\n    }\n    system {\n      type\n    }\n    unsupportedType\n  }\n": types.MessageSummaryFragmentDoc,
    "\n  fragment MediaOnScreen on Media {\n    id\n    kind\n    status\n    mimeType\n    width\n    height\n    durationMs\n    isVoice\n    isAnimated\n    fault\n    url\n    thumbnailUrl\n    fileName\n    size\n  }\n": types.MediaOnScreenFragmentDoc,
    "\n  mutation CancelMessage($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.CancelMessageDocument,
    "\n  mutation ReleaseMessage($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.ReleaseMessageDocument,
    "\n  mutation SendReaction($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        id\n        status\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.SendReactionDocument,
    "\n  query ReadMessage($id: ID!) {\n    message(id: $id) {\n      ...ThreadMessage\n    }\n  }\n": types.ReadMessageDocument,
    "\n  mutation RetryMedia($input: RetryMediaInput!) {\n    retryMedia(input: $input) {\n      media {\n        ...MediaOnScreen\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n": types.RetryMediaDocument,
    "\n  fragment NumberOnScreen on WhatsappNumber {\n    id\n    name\n    displayPhone\n    phoneNumberId\n    status\n    quality\n    nameStatus\n    pausedBy\n    pausedReason\n    campaignsStoppedAt\n    isCoexistence\n    throughput\n    messagesPerSecond\n    syncedAt\n    webhookUrl\n    messagingLimit {\n      limit\n      used\n      remaining\n      resetsAt\n    }\n    account {\n      id\n      wabaId\n      name\n      currency\n      reviewStatus\n    }\n    app {\n      id\n      appId\n    }\n    profile {\n      about\n      address\n      description\n      email\n      websites\n      vertical\n    }\n  }\n": types.NumberOnScreenFragmentDoc,
    "\n  query ListNumbers {\n    eventCursor\n    whatsappNumbers {\n      ...NumberOnScreen\n    }\n  }\n": types.ListNumbersDocument,
    "\n  subscription NumberChanged($after: Cursor) {\n    eventRecorded(after: $after, kinds: [NUMBER_CHANGED]) {\n      cursor\n      subjectId\n    }\n  }\n": types.NumberChangedDocument,
    "\n  mutation ConnectNumber($input: ConnectNumberInput!) {\n    answer: connectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.ConnectNumberDocument,
    "\n  mutation DisconnectNumber($input: DisconnectNumberInput!) {\n    answer: disconnectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.DisconnectNumberDocument,
    "\n  mutation PauseNumber($input: PauseNumberInput!) {\n    answer: pauseNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.PauseNumberDocument,
    "\n  mutation ResumeNumber($input: ResumeNumberInput!) {\n    answer: resumeNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.ResumeNumberDocument,
    "\n  mutation SyncNumber($input: SyncNumberInput!) {\n    answer: syncNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.SyncNumberDocument,
    "\n  mutation ReplaceNumberToken($input: ReplaceNumberTokenInput!) {\n    answer: replaceNumberToken(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.ReplaceNumberTokenDocument,
    "\n  mutation UpdateBusinessProfile($input: UpdateBusinessProfileInput!) {\n    answer: updateBusinessProfile(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.UpdateBusinessProfileDocument,
    "\n  query ListQuarantine($first: Int!, $after: String) {\n    quarantinedWebhooks(first: $first, after: $after) {\n      nodes {\n        id\n        reason\n        receivedAt\n        resolvedAt\n        isShared\n        body\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.ListQuarantineDocument,
    "\n  mutation ReplayWebhook($input: ReplayWebhookInput!) {\n    answer: replayWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.ReplayWebhookDocument,
    "\n  mutation DismissWebhook($input: DismissWebhookInput!) {\n    answer: dismissWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.DismissWebhookDocument,
    "\n  fragment ViewerOnScreen on Viewer {\n    locale\n    permissions\n    member {\n      id\n      name\n      email\n      role {\n        id\n        name\n      }\n    }\n    tenant {\n      id\n      name\n    }\n  }\n": types.ViewerOnScreenFragmentDoc,
    "\n  query ReadViewer {\n    viewer {\n      ...ViewerOnScreen\n    }\n  }\n": types.ReadViewerDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        locale\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation SignOut {\n    signOut {\n      userErrors {\n        code\n      }\n    }\n  }\n": types.SignOutDocument,
    "\n  query ReadAttention {\n    failedMessages(first: 100) {\n      nodes {\n        id\n      }\n    }\n    waitingMessages(kind: HELD, first: 100) {\n      nodes {\n        id\n      }\n    }\n  }\n": types.ReadAttentionDocument,
    "\n  fragment TemplateOnScreen on Template {\n    ...PickedTemplate\n    status\n    quality\n    rejectedReason\n    statusNote\n    parameterFormat\n    upcomingCategory\n    upcomingAt\n    updatedAt\n    account {\n      id\n      name\n      wabaId\n    }\n  }\n": types.TemplateOnScreenFragmentDoc,
    "\n  query ListAllTemplates($first: Int!, $after: String, $search: String, $status: TemplateStatus, $category: TemplateCategory) {\n    eventCursor\n    templates(first: $first, after: $after, search: $search, status: $status, category: $category) {\n      nodes {\n        ...TemplateOnScreen\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.ListAllTemplatesDocument,
    "\n  subscription TemplateChangedOnScreen($after: Cursor) {\n    templateChanged(after: $after) {\n      cursor\n      template {\n        ...TemplateOnScreen\n      }\n    }\n  }\n": types.TemplateChangedOnScreenDocument,
    "\n  query ListSenders {\n    whatsappNumbers {\n      id\n      name\n      status\n      account {\n        id\n        name\n        wabaId\n        templatesSyncedAt\n      }\n    }\n  }\n": types.ListSendersDocument,
    "\n  mutation SyncTemplates($input: SyncTemplatesInput!) {\n    syncTemplates(input: $input) {\n      account {\n        id\n        templatesSyncedAt\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.SyncTemplatesDocument,
    "\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    answer: createTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.CreateTemplateDocument,
    "\n  mutation EditTemplate($input: EditTemplateInput!) {\n    answer: editTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.EditTemplateDocument,
    "\n  mutation SubmitTemplate($input: SubmitTemplateInput!) {\n    answer: submitTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.SubmitTemplateDocument,
    "\n  mutation DeleteTemplate($input: DeleteTemplateInput!) {\n    answer: deleteTemplate(input: $input) {\n      deletedId\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n": types.DeleteTemplateDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ShowTyping($input: ShowTypingInput!) {\n    showTyping(input: $input) {\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ShowTyping($input: ShowTypingInput!) {\n    showTyping(input: $input) {\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadPrice($input: MessagePriceInput!) {\n    messagePrice(input: $input) {\n      amount\n      currency\n      category\n      priceType\n    }\n  }\n"): (typeof documents)["\n  query ReadPrice($input: MessagePriceInput!) {\n    messagePrice(input: $input) {\n      amount\n      currency\n      category\n      priceType\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PickedTemplate on Template {\n    id\n    name\n    language\n    category\n    isSendable\n    notSendableReason\n    body\n    footer\n    header {\n      kind\n      text\n    }\n    headerMedia {\n      ...MediaOnScreen\n    }\n    buttons {\n      type\n      text\n      url\n      phone\n    }\n    variables {\n      place\n      name\n      kind\n      label\n      example\n    }\n  }\n"): (typeof documents)["\n  fragment PickedTemplate on Template {\n    id\n    name\n    language\n    category\n    isSendable\n    notSendableReason\n    body\n    footer\n    header {\n      kind\n      text\n    }\n    headerMedia {\n      ...MediaOnScreen\n    }\n    buttons {\n      type\n      text\n      url\n      phone\n    }\n    variables {\n      place\n      name\n      kind\n      label\n      example\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListTemplates($search: String, $whatsappNumberId: ID!, $first: Int!, $after: String) {\n    templates(search: $search, whatsappNumberId: $whatsappNumberId, first: $first, after: $after) {\n      nodes {\n        ...PickedTemplate\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query ListTemplates($search: String, $whatsappNumberId: ID!, $first: Int!, $after: String) {\n    templates(search: $search, whatsappNumberId: $whatsappNumberId, first: $first, after: $after) {\n      nodes {\n        ...PickedTemplate\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadReach($id: ID!) {\n    conversation(id: $id) {\n      id\n      contact {\n        id\n        marketingStoppedAt\n      }\n      whatsappNumber {\n        id\n        messagingLimit {\n          limit\n          used\n          remaining\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ReadReach($id: ID!) {\n    conversation(id: $id) {\n      id\n      contact {\n        id\n        marketingStoppedAt\n      }\n      whatsappNumber {\n        id\n        messagingLimit {\n          limit\n          used\n          remaining\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ContactRow on Contact {\n    id\n    name\n    phone\n    createdAt\n    marketingStoppedAt\n    identities {\n      id\n      kind\n      value\n      endedAt\n    }\n  }\n"): (typeof documents)["\n  fragment ContactRow on Contact {\n    id\n    name\n    phone\n    createdAt\n    marketingStoppedAt\n    identities {\n      id\n      kind\n      value\n      endedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListContacts($first: Int!, $after: String, $search: String) {\n    contacts(first: $first, after: $after, search: $search) {\n      nodes {\n        ...ContactRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query ListContacts($first: Int!, $after: String, $search: String) {\n    contacts(first: $first, after: $after, search: $search) {\n      nodes {\n        ...ContactRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MergeOnScreen on ContactMerge {\n    id\n    mergedAt\n    undoneAt\n    from {\n      ...ContactRow\n    }\n    into {\n      ...ContactRow\n    }\n  }\n"): (typeof documents)["\n  fragment MergeOnScreen on ContactMerge {\n    id\n    mergedAt\n    undoneAt\n    from {\n      ...ContactRow\n    }\n    into {\n      ...ContactRow\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadContact($id: ID!) {\n    contact(id: $id) {\n      ...ContactRow\n      mergedInto {\n        ...ContactRow\n      }\n      merges {\n        ...MergeOnScreen\n      }\n    }\n  }\n"): (typeof documents)["\n  query ReadContact($id: ID!) {\n    contact(id: $id) {\n      ...ContactRow\n      mergedInto {\n        ...ContactRow\n      }\n      merges {\n        ...MergeOnScreen\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MergeContacts($input: MergeContactsInput!) {\n    mergeContacts(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation MergeContacts($input: MergeContactsInput!) {\n    mergeContacts(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UndoContactMerge($input: UndoContactMergeInput!) {\n    undoContactMerge(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UndoContactMerge($input: UndoContactMergeInput!) {\n    undoContactMerge(input: $input) {\n      merge {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AttentionRow on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    conversation {\n      id\n      contact {\n        id\n        name\n        phone\n        identities {\n          kind\n          value\n        }\n      }\n      whatsappNumber {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment AttentionRow on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    conversation {\n      id\n      contact {\n        id\n        name\n        phone\n        identities {\n          kind\n          value\n        }\n      }\n      whatsappNumber {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListFailed($first: Int!, $after: String) {\n    eventCursor\n    list: failedMessages(first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query ListFailed($first: Int!, $after: String) {\n    eventCursor\n    list: failedMessages(first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListWaiting($kind: WaitingKind!, $first: Int!, $after: String) {\n    eventCursor\n    list: waitingMessages(kind: $kind, first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query ListWaiting($kind: WaitingKind!, $first: Int!, $after: String) {\n    eventCursor\n    list: waitingMessages(kind: $kind, first: $first, after: $after) {\n      nodes {\n        ...AttentionRow\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FailedIds($after: String) {\n    failedMessages(first: 100, after: $after) {\n      nodes {\n        id\n        status\n        failure {\n          retryable\n        }\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query FailedIds($after: String) {\n    failedMessages(first: 100, after: $after) {\n      nodes {\n        id\n        status\n        failure {\n          retryable\n        }\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription MessageStatusChanged($after: Cursor) {\n    messageChanged(after: $after) {\n      cursor\n      status\n      message {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription MessageStatusChanged($after: Cursor) {\n    messageChanged(after: $after) {\n      cursor\n      status\n      message {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryMany($input: RetryMessagesInput!) {\n    retryMessages(input: $input) {\n      messages {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RetryMany($input: RetryMessagesInput!) {\n    retryMessages(input: $input) {\n      messages {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelWaiting($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelWaiting($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReleaseHeld($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReleaseHeld($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Reschedule($input: RescheduleMessageInput!) {\n    rescheduleMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Reschedule($input: RescheduleMessageInput!) {\n    rescheduleMessage(input: $input) {\n      message {\n        id\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConversationRow on Conversation {\n    id\n    status\n    createdAt\n    lastActivityAt\n    unreadCount\n    window {\n      isOpen\n      closesAt\n    }\n    contact {\n      id\n      name\n      phone\n      createdAt\n      identities {\n        id\n        kind\n        value\n        undeliverableAt\n      }\n    }\n    assignee {\n      id\n      name\n    }\n    whatsappNumber {\n      id\n      name\n      displayPhone\n      status\n    }\n    lastMessage {\n      ...MessageSummary\n      status\n      attempt\n      sentAt\n      failure {\n        code\n        metaCode\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment ConversationRow on Conversation {\n    id\n    status\n    createdAt\n    lastActivityAt\n    unreadCount\n    window {\n      isOpen\n      closesAt\n    }\n    contact {\n      id\n      name\n      phone\n      createdAt\n      identities {\n        id\n        kind\n        value\n        undeliverableAt\n      }\n    }\n    assignee {\n      id\n      name\n    }\n    whatsappNumber {\n      id\n      name\n      displayPhone\n      status\n    }\n    lastMessage {\n      ...MessageSummary\n      status\n      attempt\n      sentAt\n      failure {\n        code\n        metaCode\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenInbox($filter: ConversationFilter!, $first: Int!) {\n    eventCursor\n    inboxCounts {\n      ...Counts\n    }\n    conversations(filter: $filter, first: $first) {\n      ...ConversationPage\n    }\n  }\n"): (typeof documents)["\n  query OpenInbox($filter: ConversationFilter!, $first: Int!) {\n    eventCursor\n    inboxCounts {\n      ...Counts\n    }\n    conversations(filter: $filter, first: $first) {\n      ...ConversationPage\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConversationPage on ConversationConnection {\n    nodes {\n      ...ConversationRow\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n"): (typeof documents)["\n  fragment ConversationPage on ConversationConnection {\n    nodes {\n      ...ConversationRow\n    }\n    pageInfo {\n      endCursor\n      hasNextPage\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Counts on InboxCounts {\n    mine\n    unassigned\n    open\n    unread\n  }\n"): (typeof documents)["\n  fragment Counts on InboxCounts {\n    mine\n    unassigned\n    open\n    unread\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListConversations($filter: ConversationFilter!, $first: Int!, $after: String) {\n    conversations(filter: $filter, first: $first, after: $after) {\n      ...ConversationPage\n    }\n  }\n"): (typeof documents)["\n  query ListConversations($filter: ConversationFilter!, $first: Int!, $after: String) {\n    conversations(filter: $filter, first: $first, after: $after) {\n      ...ConversationPage\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadCounts {\n    inboxCounts {\n      ...Counts\n    }\n  }\n"): (typeof documents)["\n  query ReadCounts {\n    inboxCounts {\n      ...Counts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadCursor {\n    eventCursor\n  }\n"): (typeof documents)["\n  query ReadCursor {\n    eventCursor\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ConversationChanged($after: Cursor) {\n    conversationChanged(after: $after) {\n      cursor\n      conversation {\n        ...ConversationRow\n      }\n      message {\n        ...ThreadMessage\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription ConversationChanged($after: Cursor) {\n    conversationChanged(after: $after) {\n      cursor\n      conversation {\n        ...ConversationRow\n      }\n      message {\n        ...ThreadMessage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenThread($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      ...ConversationRow\n      messages(last: $last, before: $before) {\n        nodes {\n          ...ThreadMessage\n        }\n        pageInfo {\n          startCursor\n          hasPreviousPage\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OpenThread($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      ...ConversationRow\n      messages(last: $last, before: $before) {\n        nodes {\n          ...ThreadMessage\n        }\n        pageInfo {\n          startCursor\n          hasPreviousPage\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SendMessage($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryMessage($input: RetryMessageInput!) {\n    retryMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RetryMessage($input: RetryMessageInput!) {\n    retryMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MarkConversationRead($input: MarkConversationReadInput!) {\n    markConversationRead(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation MarkConversationRead($input: MarkConversationReadInput!) {\n    markConversationRead(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AssignConversation($input: AssignConversationInput!) {\n    assignConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AssignConversation($input: AssignConversationInput!) {\n    assignConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResolveConversation($input: ResolveConversationInput!) {\n    resolveConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResolveConversation($input: ResolveConversationInput!) {\n    resolveConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReopenConversation($input: ReopenConversationInput!) {\n    reopenConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReopenConversation($input: ReopenConversationInput!) {\n    reopenConversation(input: $input) {\n      conversation {\n        ...ConversationRow\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListMembers {\n    members {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  query ListMembers {\n    members {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ThreadMessage on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    editedAt\n    isForwarded\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      id\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    replyTo {\n      ...MessageSummary\n      author {\n        name\n      }\n    }\n    media {\n      ...MediaOnScreen\n    }\n    location {\n      latitude\n      longitude\n      url\n    }\n    contactCards {\n      company\n      jobTitle\n      birthday\n      phones {\n        phone\n        type\n      }\n      emails {\n        email\n        type\n      }\n      urls {\n        url\n      }\n      addresses {\n        street\n        city\n        state\n        zip\n        country\n        type\n      }\n    }\n    interactive {\n      header\n      footer\n      button\n      buttons {\n        id\n        title\n      }\n      sections {\n        title\n        rows {\n          id\n          title\n          description\n        }\n      }\n      link {\n        title\n        url\n      }\n    }\n    reply {\n      description\n      answers\n      name\n    }\n    template {\n      language\n      category\n      header\n      footer\n      headerLocation {\n        name\n        address\n        latitude\n        longitude\n        url\n      }\n      buttons {\n        type\n        text\n        url\n        phone\n        code\n      }\n    }\n    order {\n      items {\n        productId\n        price\n        currency\n      }\n    }\n    referral {\n      url\n      sourceType\n      headline\n      body\n      mediaType\n    }\n    reactions {\n      direction\n      emoji\n      messageId\n      at\n    }\n    cost {\n      amount\n      currency\n      category\n      priceType\n      isEstimate\n    }\n  }\n"): (typeof documents)["\n  fragment ThreadMessage on Message {\n    ...MessageSummary\n    status\n    attempt\n    sentAt\n    createdAt\n    editedAt\n    isForwarded\n    scheduledAt\n    timeZone\n    holdReason\n    author {\n      id\n      kind\n      name\n    }\n    failure {\n      code\n      metaCode\n      retryable\n    }\n    replyTo {\n      ...MessageSummary\n      author {\n        name\n      }\n    }\n    media {\n      ...MediaOnScreen\n    }\n    location {\n      latitude\n      longitude\n      url\n    }\n    contactCards {\n      company\n      jobTitle\n      birthday\n      phones {\n        phone\n        type\n      }\n      emails {\n        email\n        type\n      }\n      urls {\n        url\n      }\n      addresses {\n        street\n        city\n        state\n        zip\n        country\n        type\n      }\n    }\n    interactive {\n      header\n      footer\n      button\n      buttons {\n        id\n        title\n      }\n      sections {\n        title\n        rows {\n          id\n          title\n          description\n        }\n      }\n      link {\n        title\n        url\n      }\n    }\n    reply {\n      description\n      answers\n      name\n    }\n    template {\n      language\n      category\n      header\n      footer\n      headerLocation {\n        name\n        address\n        latitude\n        longitude\n        url\n      }\n      buttons {\n        type\n        text\n        url\n        phone\n        code\n      }\n    }\n    order {\n      items {\n        productId\n        price\n        currency\n      }\n    }\n    referral {\n      url\n      sourceType\n      headline\n      body\n      mediaType\n    }\n    reactions {\n      direction\n      emoji\n      messageId\n      at\n    }\n    cost {\n      amount\n      currency\n      category\n      priceType\n      isEstimate\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MessageSummary on Message {\n    id\n    direction\n    kind\n    text\n    revokedAt\n    media {\n      id\n      kind\n      isVoice\n      durationMs\n    }\n    location {\n      name\n      address\n    }\n    contactCards {\n      formattedName\n    }\n    interactive {\n      type\n    }\n    reply {\n      type\n    }\n    template {\n      name\n    }\n    order {\n      items {\n        quantity\n      }\n    }\n    system {\n      type\n    }\n    unsupportedType\n  }\n"): (typeof documents)["\n  fragment MessageSummary on Message {\n    id\n    direction\n    kind\n    text\n    revokedAt\n    media {\n      id\n      kind\n      isVoice\n      durationMs\n    }\n    location {\n      name\n      address\n    }\n    contactCards {\n      formattedName\n    }\n    interactive {\n      type\n    }\n    reply {\n      type\n    }\n    template {\n      name\n    }\n    order {\n      items {\n        quantity\n      }\n    }\n    system {\n      type\n    }\n    unsupportedType\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MediaOnScreen on Media {\n    id\n    kind\n    status\n    mimeType\n    width\n    height\n    durationMs\n    isVoice\n    isAnimated\n    fault\n    url\n    thumbnailUrl\n    fileName\n    size\n  }\n"): (typeof documents)["\n  fragment MediaOnScreen on Media {\n    id\n    kind\n    status\n    mimeType\n    width\n    height\n    durationMs\n    isVoice\n    isAnimated\n    fault\n    url\n    thumbnailUrl\n    fileName\n    size\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelMessage($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelMessage($input: CancelMessageInput!) {\n    cancelMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReleaseMessage($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReleaseMessage($input: ReleaseMessageInput!) {\n    releaseMessage(input: $input) {\n      message {\n        ...ThreadMessage\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendReaction($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        id\n        status\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SendReaction($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      message {\n        id\n        status\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadMessage($id: ID!) {\n    message(id: $id) {\n      ...ThreadMessage\n    }\n  }\n"): (typeof documents)["\n  query ReadMessage($id: ID!) {\n    message(id: $id) {\n      ...ThreadMessage\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetryMedia($input: RetryMediaInput!) {\n    retryMedia(input: $input) {\n      media {\n        ...MediaOnScreen\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RetryMedia($input: RetryMediaInput!) {\n    retryMedia(input: $input) {\n      media {\n        ...MediaOnScreen\n      }\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NumberOnScreen on WhatsappNumber {\n    id\n    name\n    displayPhone\n    phoneNumberId\n    status\n    quality\n    nameStatus\n    pausedBy\n    pausedReason\n    campaignsStoppedAt\n    isCoexistence\n    throughput\n    messagesPerSecond\n    syncedAt\n    webhookUrl\n    messagingLimit {\n      limit\n      used\n      remaining\n      resetsAt\n    }\n    account {\n      id\n      wabaId\n      name\n      currency\n      reviewStatus\n    }\n    app {\n      id\n      appId\n    }\n    profile {\n      about\n      address\n      description\n      email\n      websites\n      vertical\n    }\n  }\n"): (typeof documents)["\n  fragment NumberOnScreen on WhatsappNumber {\n    id\n    name\n    displayPhone\n    phoneNumberId\n    status\n    quality\n    nameStatus\n    pausedBy\n    pausedReason\n    campaignsStoppedAt\n    isCoexistence\n    throughput\n    messagesPerSecond\n    syncedAt\n    webhookUrl\n    messagingLimit {\n      limit\n      used\n      remaining\n      resetsAt\n    }\n    account {\n      id\n      wabaId\n      name\n      currency\n      reviewStatus\n    }\n    app {\n      id\n      appId\n    }\n    profile {\n      about\n      address\n      description\n      email\n      websites\n      vertical\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListNumbers {\n    eventCursor\n    whatsappNumbers {\n      ...NumberOnScreen\n    }\n  }\n"): (typeof documents)["\n  query ListNumbers {\n    eventCursor\n    whatsappNumbers {\n      ...NumberOnScreen\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription NumberChanged($after: Cursor) {\n    eventRecorded(after: $after, kinds: [NUMBER_CHANGED]) {\n      cursor\n      subjectId\n    }\n  }\n"): (typeof documents)["\n  subscription NumberChanged($after: Cursor) {\n    eventRecorded(after: $after, kinds: [NUMBER_CHANGED]) {\n      cursor\n      subjectId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConnectNumber($input: ConnectNumberInput!) {\n    answer: connectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ConnectNumber($input: ConnectNumberInput!) {\n    answer: connectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisconnectNumber($input: DisconnectNumberInput!) {\n    answer: disconnectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DisconnectNumber($input: DisconnectNumberInput!) {\n    answer: disconnectNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseNumber($input: PauseNumberInput!) {\n    answer: pauseNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation PauseNumber($input: PauseNumberInput!) {\n    answer: pauseNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeNumber($input: ResumeNumberInput!) {\n    answer: resumeNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResumeNumber($input: ResumeNumberInput!) {\n    answer: resumeNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SyncNumber($input: SyncNumberInput!) {\n    answer: syncNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SyncNumber($input: SyncNumberInput!) {\n    answer: syncNumber(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReplaceNumberToken($input: ReplaceNumberTokenInput!) {\n    answer: replaceNumberToken(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReplaceNumberToken($input: ReplaceNumberTokenInput!) {\n    answer: replaceNumberToken(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateBusinessProfile($input: UpdateBusinessProfileInput!) {\n    answer: updateBusinessProfile(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateBusinessProfile($input: UpdateBusinessProfileInput!) {\n    answer: updateBusinessProfile(input: $input) {\n      whatsappNumber {\n        ...NumberOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListQuarantine($first: Int!, $after: String) {\n    quarantinedWebhooks(first: $first, after: $after) {\n      nodes {\n        id\n        reason\n        receivedAt\n        resolvedAt\n        isShared\n        body\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query ListQuarantine($first: Int!, $after: String) {\n    quarantinedWebhooks(first: $first, after: $after) {\n      nodes {\n        id\n        reason\n        receivedAt\n        resolvedAt\n        isShared\n        body\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReplayWebhook($input: ReplayWebhookInput!) {\n    answer: replayWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ReplayWebhook($input: ReplayWebhookInput!) {\n    answer: replayWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DismissWebhook($input: DismissWebhookInput!) {\n    answer: dismissWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DismissWebhook($input: DismissWebhookInput!) {\n    answer: dismissWebhook(input: $input) {\n      webhook {\n        id\n        resolvedAt\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ViewerOnScreen on Viewer {\n    locale\n    permissions\n    member {\n      id\n      name\n      email\n      role {\n        id\n        name\n      }\n    }\n    tenant {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment ViewerOnScreen on Viewer {\n    locale\n    permissions\n    member {\n      id\n      name\n      email\n      role {\n        id\n        name\n      }\n    }\n    tenant {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadViewer {\n    viewer {\n      ...ViewerOnScreen\n    }\n  }\n"): (typeof documents)["\n  query ReadViewer {\n    viewer {\n      ...ViewerOnScreen\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        locale\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        locale\n      }\n      userErrors {\n        code\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut {\n      userErrors {\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SignOut {\n    signOut {\n      userErrors {\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReadAttention {\n    failedMessages(first: 100) {\n      nodes {\n        id\n      }\n    }\n    waitingMessages(kind: HELD, first: 100) {\n      nodes {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  query ReadAttention {\n    failedMessages(first: 100) {\n      nodes {\n        id\n      }\n    }\n    waitingMessages(kind: HELD, first: 100) {\n      nodes {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TemplateOnScreen on Template {\n    ...PickedTemplate\n    status\n    quality\n    rejectedReason\n    statusNote\n    parameterFormat\n    upcomingCategory\n    upcomingAt\n    updatedAt\n    account {\n      id\n      name\n      wabaId\n    }\n  }\n"): (typeof documents)["\n  fragment TemplateOnScreen on Template {\n    ...PickedTemplate\n    status\n    quality\n    rejectedReason\n    statusNote\n    parameterFormat\n    upcomingCategory\n    upcomingAt\n    updatedAt\n    account {\n      id\n      name\n      wabaId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListAllTemplates($first: Int!, $after: String, $search: String, $status: TemplateStatus, $category: TemplateCategory) {\n    eventCursor\n    templates(first: $first, after: $after, search: $search, status: $status, category: $category) {\n      nodes {\n        ...TemplateOnScreen\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query ListAllTemplates($first: Int!, $after: String, $search: String, $status: TemplateStatus, $category: TemplateCategory) {\n    eventCursor\n    templates(first: $first, after: $after, search: $search, status: $status, category: $category) {\n      nodes {\n        ...TemplateOnScreen\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TemplateChangedOnScreen($after: Cursor) {\n    templateChanged(after: $after) {\n      cursor\n      template {\n        ...TemplateOnScreen\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription TemplateChangedOnScreen($after: Cursor) {\n    templateChanged(after: $after) {\n      cursor\n      template {\n        ...TemplateOnScreen\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ListSenders {\n    whatsappNumbers {\n      id\n      name\n      status\n      account {\n        id\n        name\n        wabaId\n        templatesSyncedAt\n      }\n    }\n  }\n"): (typeof documents)["\n  query ListSenders {\n    whatsappNumbers {\n      id\n      name\n      status\n      account {\n        id\n        name\n        wabaId\n        templatesSyncedAt\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SyncTemplates($input: SyncTemplatesInput!) {\n    syncTemplates(input: $input) {\n      account {\n        id\n        templatesSyncedAt\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SyncTemplates($input: SyncTemplatesInput!) {\n    syncTemplates(input: $input) {\n      account {\n        id\n        templatesSyncedAt\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    answer: createTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateTemplate($input: CreateTemplateInput!) {\n    answer: createTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EditTemplate($input: EditTemplateInput!) {\n    answer: editTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation EditTemplate($input: EditTemplateInput!) {\n    answer: editTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitTemplate($input: SubmitTemplateInput!) {\n    answer: submitTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SubmitTemplate($input: SubmitTemplateInput!) {\n    answer: submitTemplate(input: $input) {\n      template {\n        ...TemplateOnScreen\n      }\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteTemplate($input: DeleteTemplateInput!) {\n    answer: deleteTemplate(input: $input) {\n      deletedId\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteTemplate($input: DeleteTemplateInput!) {\n    answer: deleteTemplate(input: $input) {\n      deletedId\n      userErrors {\n        code\n        message\n        field\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;