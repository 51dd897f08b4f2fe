import {
  changeSettings,
  readChat,
  readState,
  writeAsCustomer,
  type ChatMessage,
  type Customer,
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
  hasFailedToWrite = $state(false);

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
    this.hasFailedToWrite = false;
    void this.#readChat();
  }

  /** Writes as the chosen customer; says whether the simulator took it. */
  async write(text: string): Promise<boolean> {
    const { chosen } = this;
    if (!chosen) return false;
    const { phone, name, number } = chosen;
    try {
      await writeAsCustomer({ phone, name, phoneNumberId: number.phoneNumberId, text });
      this.hasFailedToWrite = false;
      await this.#readChat();
      return true;
    } catch {
      this.hasFailedToWrite = true;
      return false;
    }
  }

  async set(name: string, value: number | boolean): Promise<void> {
    if (this.state) this.state = { ...this.state, settings: { ...this.state.settings, [name]: value } };
    await changeSettings({ [name]: value }).catch(() => null);
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
    // A stranger has no chat before the first message.
    const messages = await readChat(chosen.phone, chosen.number.phoneNumberId).catch(() => null);
    if (chosen === this.chosen) this.messages = messages ?? this.messages ?? [];
  }
}
