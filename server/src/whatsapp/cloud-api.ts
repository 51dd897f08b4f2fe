import * as account from './account-calls.ts';
import type { Whole } from './collect-pages.ts';
import { type CloudApiOptions, Graph } from './graph.ts';
import { markRead, type ReadOptions } from './mark-read.ts';
import * as media from './media-calls.ts';
import type { MessageToSend } from './message-to-send.ts';
import { MediaReader, type OpenMedia } from './open-media.ts';
import type { Outcome } from './outcome.ts';
import * as profile from './profile-calls.ts';
import { listNumbers, type NumberAtMeta, readNumber } from './read-number.ts';
import { registerNumber } from './register-number.ts';
import { send, type SendOptions, type SendOutcome } from './send.ts';
import * as templates from './template-calls.ts';
import { uploadHandle } from './upload-handle.ts';
import { type FileToUpload, uploadMedia } from './upload-media.ts';

/** Meta's Cloud API over one pool of kept-alive connections. Its methods never throw: what happened is in the outcome. */
export class CloudApi {
  readonly #graph: Graph;
  readonly #media: MediaReader;

  constructor(options: CloudApiOptions) {
    this.#graph = new Graph(options);
    this.#media = new MediaReader(this.#graph.origin, options.connectTimeoutMs);
  }

  /** Sends one message; the time-out in ms runs from now to the whole answer. */
  send(message: MessageToSend, options?: SendOptions): Promise<SendOutcome> {
    return send(this.#graph, message, options);
  }

  /** Shows the customer that their message was read, and if asked that we write. */
  markRead(phoneNumberId: string, token: string, wamid: string, options?: ReadOptions): Promise<Outcome<true>> {
    return markRead(this.#graph, phoneNumberId, token, wamid, options);
  }

  uploadMedia(phoneNumberId: string, token: string, file: FileToUpload): Promise<Outcome<{ mediaId: string }>> {
    return uploadMedia(this.#graph, phoneNumberId, token, file);
  }

  findMedia(mediaId: string, token: string, phoneNumberId?: string): Promise<Outcome<media.MediaAtMeta>> {
    return media.findMedia(this.#graph, mediaId, token, phoneNumberId);
  }

  /** Opens what `findMedia` found. */
  openMedia(url: string, token: string, limits: { maxBytes: number }): Promise<Outcome<OpenMedia>> {
    return this.#media.open(url, token, limits);
  }

  deleteMedia(mediaId: string, token: string, phoneNumberId?: string): Promise<Outcome<true>> {
    return media.deleteMedia(this.#graph, mediaId, token, phoneNumberId);
  }

  /** A handle for the example of a template's header, or for a profile picture. */
  uploadHandle(appId: string, token: string, file: FileToUpload): Promise<Outcome<string>> {
    return uploadHandle(this.#graph, appId, token, file);
  }

  listTemplates(
    wabaId: string,
    token: string,
    paging?: { pageSize?: number },
  ): Promise<Outcome<Whole<templates.TemplateAtMeta>>> {
    return templates.listTemplates(this.#graph, wabaId, token, paging);
  }

  createTemplate(wabaId: string, token: string, made: templates.TemplateDefinition): Promise<Outcome<templates.TemplateMade>> {
    return templates.createTemplate(this.#graph, wabaId, token, made);
  }

  editTemplate(templateId: string, token: string, edit: templates.TemplateEdit): Promise<Outcome<true>> {
    return templates.editTemplate(this.#graph, templateId, token, edit);
  }

  deleteTemplate(wabaId: string, token: string, which: { name: string; templateId?: string }): Promise<Outcome<true>> {
    return templates.deleteTemplate(this.#graph, wabaId, token, which);
  }

  /** Takes back the pause of a template that was paced. */
  unpauseTemplate(templateId: string, token: string): Promise<Outcome<true>> {
    return templates.unpauseTemplate(this.#graph, templateId, token);
  }

  /** Asks Meta whether this token may use this number, and how the number stands. */
  readNumber(phoneNumberId: string, token: string): Promise<Outcome<NumberAtMeta>> {
    return readNumber(this.#graph, phoneNumberId, token);
  }

  listNumbers(wabaId: string, token: string): Promise<Outcome<Whole<NumberAtMeta>>> {
    return listNumbers(this.#graph, wabaId, token);
  }

  /** Lets a number use the Cloud API. `pin` is that of its two-step verification, or becomes it. */
  registerNumber(phoneNumberId: string, token: string, pin: string): Promise<Outcome<true>> {
    return registerNumber(this.#graph, phoneNumberId, token, pin);
  }

  readAccount(wabaId: string, token: string): Promise<Outcome<account.AccountAtMeta>> {
    return account.readAccount(this.#graph, wabaId, token);
  }

  /** Has the token's app told of the account's messages and news. */
  subscribeApp(wabaId: string, token: string, override?: account.Override): Promise<Outcome<true>> {
    return account.subscribeApp(this.#graph, wabaId, token, override);
  }

  unsubscribeApp(wabaId: string, token: string): Promise<Outcome<true>> {
    return account.unsubscribeApp(this.#graph, wabaId, token);
  }

  readProfile(phoneNumberId: string, token: string): Promise<Outcome<profile.ProfileAtMeta>> {
    return profile.readProfile(this.#graph, phoneNumberId, token);
  }

  writeProfile(phoneNumberId: string, token: string, change: profile.ProfileChange): Promise<Outcome<true>> {
    return profile.writeProfile(this.#graph, phoneNumberId, token, change);
  }

  /** Lets running calls end, then closes the connections. */
  async close(): Promise<void> {
    await Promise.all([this.#graph.close(), this.#media.close()]);
  }

  /** Cuts running calls: written ones end as `unknown`. */
  async destroy(): Promise<void> {
    await Promise.all([this.#graph.destroy(), this.#media.destroy()]);
  }
}
