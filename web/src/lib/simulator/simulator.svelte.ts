import {
  act,
  addFault,
  changeSettings,
  clearFaults,
  keyOfCustomer,
  readChat,
  readState,
  uploadFile,
  type ChatMessage,
  type ChatState,
  type Customer,
  type FaultRule,
  type SimulatorState,
} from './simulator-api.ts';

const every = 1_000;

/** What the page of the customers shows: read again every second while it is visible. */
export class Simulator {
  state: SimulatorState | null = $state.raw(null);
  /** Nobody answers: no demo runs here, or the server is down. */
  isOff = $state(false);
  chosen: Customer | null = $state.raw(null);
  messages: readonly ChatMessage[] | null = $state.raw(null);
  chat: ChatState | null = $state.raw(null);
  /** What the next message answers, or which one it replaces. */
  quoted: ChatMessage | null = $state.raw(null);
  edited: ChatMessage | null = $state.raw(null);
  hasFailed = $state(false);
  /** The last change of what Meta does was not taken. */
  hasNotChanged = $state(false);

  /** Reads until the returned function is called. */
  watch(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    let isStopped = false;
    const round = async () => {
      if (document.visibilityState === 'visible') await this.#read();
      if (!isStopped) timer = setTimeout(round, every);
    };
    void round();
    return () => {
      isStopped = true;
      clearTimeout(timer);
    };
  }

  choose(customer: Customer): void {
    this.chosen = customer;
    this.messages = null;
    this.chat = null;
    this.quoted = this.edited = null;
    this.hasFailed = false;
    void this.#readChat();
  }

  /** The chosen customer as the simulator knows them now. */
  get person(): Customer | null {
    return this.#known ?? this.chosen;
  }

  /** Null also for a stranger, who is none before the first message. */
  get #known(): Customer | null {
    const { chosen, state } = this;
    if (!chosen) return null;
    return state?.customers.find((one) => keyOfCustomer(one) === keyOfCustomer(chosen)) ?? null;
  }

  /** What still goes wrong with coming requests. */
  get armed(): FaultRule[] {
    return (this.state?.faults ?? []).filter(({ next, percent }) => next > 0 || percent > 0);
  }

  /** Writes as the chosen customer; says whether the simulator took it. */
  write(text: string): Promise<boolean> {
    const { edited } = this;
    if (edited) return this.#do('edit', { messageId: edited.id, text });
    return this.send({ text });
  }

  /** Sends any content, as an answer to what is quoted. */
  send(fields: object): Promise<boolean> {
    const { quoted, chosen } = this;
    return this.#do('messages', { name: chosen?.name, ...(quoted && { replyToId: quoted.id }), ...fields });
  }

  async sendFile(file: File, isSticker = false): Promise<boolean> {
    const { chosen } = this;
    if (!chosen) return false;
    try {
      const id = await uploadFile(chosen, file);
      return await this.send({ media: { id }, ...(isSticker && { type: 'sticker' }) });
    } catch {
      this.hasFailed = true;
      return false;
    }
  }

  react(messageId: string, emoji: string | null): Promise<boolean> {
    return this.#do('react', { messageId, emoji });
  }

  tap(messageId: string, what: { index: number; card?: number }): Promise<boolean> {
    return this.#do('tap', { messageId, ...what });
  }

  revoke(messageId: string): Promise<boolean> {
    return this.#do('revoke', { messageId });
  }

  /** Stops or takes again offers. */
  prefer(value: 'stop' | 'resume'): Promise<boolean> {
    return this.#do('preferences', { value });
  }

  /** Gives the customer another phone; their chat goes on under it. */
  async changePhone(newPhone: string): Promise<boolean> {
    const { chosen } = this;
    if (!chosen || !(await this.#do('identity', { newPhone }))) return false;
    if (chosen.phone !== null) this.chosen = { ...chosen, phone: newPhone };
    await this.#read();
    return true;
  }

  setPerson(fields: { isCapped?: boolean; isUnreachable?: boolean }): Promise<boolean> {
    return this.#do('person', fields);
  }

  set(name: string, value: unknown): Promise<void> {
    if (this.state) this.state = { ...this.state, settings: { ...this.state.settings, [name]: value } };
    return this.#change(changeSettings({ [name]: value }));
  }

  fault(fault: object): Promise<void> {
    return this.#change(addFault(fault));
  }

  clearFaults(): Promise<void> {
    return this.#change(clearFaults());
  }

  /** Shows what Meta does from then on, or that it was not taken. */
  async #change(asked: Promise<unknown>): Promise<void> {
    this.hasNotChanged = !(await asked.then(
      () => true,
      () => false,
    ));
    await this.#read();
  }

  async #do(path: string, fields: object): Promise<boolean> {
    const { chosen } = this;
    if (!chosen) return false;
    try {
      await act(path, chosen, fields);
      this.hasFailed = false;
      this.quoted = this.edited = null;
      await this.#read();
      return true;
    } catch {
      this.hasFailed = true;
      return false;
    }
  }

  async #read(): Promise<void> {
    try {
      this.state = await readState();
      this.isOff = false;
    } catch {
      this.isOff = true;
    }
    await this.#readChat();
  }

  async #readChat(): Promise<void> {
    const { chosen } = this;
    if (!chosen) return;
    const read = this.#known ? await readChat(chosen).catch(() => null) : null;
    if (chosen !== this.chosen) return;
    this.messages = read?.messages ?? this.messages ?? [];
    this.chat = read?.state ?? this.chat;
  }
}
