import { type IdentityChange, changeIdentity } from './change-identity.ts';
import { callNumber } from './call-number.ts';
import type { ChatMessage } from './chats.ts';
import { echo } from './echo.ts';
import { editMessage, revokeMessage } from './edit-message.ts';
import type { Fault, FaultReach } from './faults.ts';
import type { Media } from './media.ts';
import type { Settings, SimulatedNumber, Tier } from './options.ts';
import { type Person, keyOf } from './people.ts';
import { preferMarketing } from './prefer.ts';
import { type Customer, reactToMessage } from './react-to-message.ts';
import { type NumberChange, changeTier, steerAccount, steerNumber } from './steer-number.ts';
import { type TemplateChange, type TemplateRef, steerTemplate } from './steer-template.ts';
import { type Tap, tap } from './tap.ts';
import { type Telling, tell, tellError } from './tell.ts';
import type { SimulatedTemplate, Template } from './templates.ts';
import type { TokenFault } from './tokens.ts';
import { type ChatState, chatState } from './view-chat.ts';
import type { AcceptedSend, Receipt, World } from './world.ts';
import { type CustomerMessage, writeMessage } from './write-message.ts';

/** How a test steers Meta's side. Acts of customers give the wamid; they and Meta's acts throw RangeError for what does not exist. */
export interface Control {
  readonly settings: Settings;
  /** Accepted sends, oldest first, and read receipts. */
  readonly accepted: readonly AcceptedSend[];
  readonly receipts: readonly Receipt[];
  /** Webhooks answered 200, attempts answered otherwise, updates thrown away because too many waited. */
  readonly webhooks: { readonly taken: number; readonly refused: number; readonly dropped: number; readonly waiting: number };
  /** Of the simulator's own app, or of one that a number names. */
  setWebhook(url: string, appId?: string): void;
  /** Ends when no status is on its way, no template under review, and every webhook was taken. */
  settle(): Promise<void>;

  /** Lets a customer write: a text, a file, or any type. */
  write(message: CustomerMessage): string;
  /** An emoji on a message, or null to take it back. */
  react(reaction: Customer & { messageId: string; emoji: string | null }): string;
  /** A tap on a button or row of a message the business sent. */
  tap(tap: Customer & Tap): string;
  edit(edit: Customer & { messageId: string; text: string }): string;
  revoke(revoke: Customer & { messageId: string }): string;
  /** Another phone or user id, by a system message. */
  changeIdentity(change: Customer & IdentityChange): string;
  /** Marketing messages stopped or resumed. */
  prefer(preference: Customer & { value: 'stop' | 'resume' }): void;
  /** A call opens the window too. */
  call(customer: Customer): void;
  /** Whom Meta does not deliver to, and why. */
  setPerson(change: Customer & Pick<Person, 'isCapped' | 'isUnreachable' | 'stopsMarketing' | 'identityHash'>): void;
  chat(phoneNumberId: string, phone: string): readonly ChatMessage[];
  /** Whether the window is open, and whether the customer sees the business typing. */
  chatState(phoneNumberId: string, phone: string): ChatState;
  /** The business writes from its phone: an echo. */
  echo(message: CustomerMessage): string;

  /** What goes wrong with the next requests, or with a share of them; `on` says of which kind. */
  fault(fault: Fault, reach: FaultReach): void;
  clearFaults(): void;

  addNumber(number: SimulatedNumber): void;
  setNumber(phoneNumberId: string, change: NumberChange): void;
  /** Without a means of payment nothing of the account is delivered: 131042 by webhook. */
  setAccount(wabaId: string, change: { hasPayment: boolean }): void;
  /** What is wrong with a token from now on; null for nothing. */
  setToken(token: string, fault: TokenFault | null): void;
  setTier(tier: Tier): void;
  /** People written to outside their windows in the last 24 h, of the portfolio. */
  reached(businessId?: string): number;
  addTemplate(template: SimulatedTemplate): Template;
  templates(wabaId?: string): readonly Template[];
  setTemplate(template: TemplateRef, change: TemplateChange): void;
  /** A file by its id, whatever its age. */
  media(id: string): Media | undefined;

  /** A webhook of any field, with Meta's example as its value unless one is given; true once it was taken. */
  tell(telling: Telling): Promise<boolean>;
  /** A fault of the number itself, by field `messages`. */
  tellError(phoneNumberId: string, code: number): Promise<boolean>;
  /** One body as it is, once, signed unless a signature is given; the HTTP status of the answer. */
  postRaw(body: string, options?: { appId?: string; signature?: string }): Promise<number>;
}

export function controlOf(world: World): Control {
  return {
    settings: world.settings,
    accepted: world.accepted,
    receipts: world.receipts,
    webhooks: world.webhooks,
    setWebhook: (url, appId) => world.webhooks.setUrl(url, appId),
    settle: () => world.settle(),

    write: (message) => writeMessage(world, message),
    react: (reaction) => reactToMessage(world, reaction),
    tap: (asked) => tap(world, asked),
    edit: (edit) => editMessage(world, edit),
    revoke: (revoke) => revokeMessage(world, revoke),
    changeIdentity: (change) => changeIdentity(world, change),
    prefer: (preference) => preferMarketing(world, preference),
    call: (customer) => callNumber(world, customer),
    setPerson: (change) => setPerson(world, change),
    chat: (phoneNumberId, phone) => world.chats.of(phoneNumberId, keyOf(phone)).messages,
    chatState: (phoneNumberId, phone) => chatState(world, world.chats.of(phoneNumberId, keyOf(phone))),
    echo: (message) => echo(world, message),

    fault: (fault, reach) => world.faults.add(fault, reach),
    clearFaults: () => world.faults.clear(),

    addNumber: (number) => world.addNumber(number),
    setNumber: (phoneNumberId, change) => steerNumber(world, phoneNumberId, change),
    setAccount: (wabaId, change) => steerAccount(world, wabaId, change),
    setToken: (token, fault) => world.tokens.set(token, fault),
    setTier: (tier) => changeTier(world, tier),
    reached: (businessId = 'portfolio') => world.reach.used(businessId, world.now()),
    addTemplate: ({ wabaId, status = 'APPROVED', id, ...definition }) => world.templates.add(wabaId, definition, status, id),
    templates: (wabaId) => world.templates.of(wabaId),
    setTemplate: (template, change) => steerTemplate(world, template, change),
    media: (id) => world.media.peek(id),

    tell: (telling) => tell(world, telling),
    tellError: (phoneNumberId, code) => tellError(world, phoneNumberId, code),
    postRaw: (body, options) => world.webhooks.postRaw(body, options),
  };
}

export function setPerson(world: World, { phoneNumberId, phone, userId, ...change }: Parameters<Control['setPerson']>[0]): void {
  Object.assign(world.people.meet(phoneNumberId, phone ?? userId ?? ''), change);
}
