import type { Random } from './random.ts';

type Choice = readonly [string, ...string[]];

/** What customers of one shop say. `{word}` stands for one of `words`. */
export interface Lines {
  /** How a customer begins, and what else they want to know, in this order. */
  topics: readonly [Topic, ...Topic[]];
  /** What they say to something the business wrote: the first that fits. */
  replies: readonly { to: RegExp; say: Choice }[];
  /** Before another question, or when nothing fits. */
  assents: Choice;
  goodbyes: Choice;
  /** When nobody answers. */
  nudges: Choice;
  /** Sent right after another message. */
  afterthoughts: Choice;
  words: Readonly<Record<string, Choice>>;
}

export interface Topic {
  opening: Choice;
  next: readonly string[];
}

const AFTERTHOUGHT_PERCENT = 12;
const NUDGES_MAX = 2;

/** One customer's side of a conversation: it asks, reacts to what the business wrote, asks on, and takes its leave. */
export class Dialogue {
  #topic: Topic | undefined;
  #asked = 0;
  #nudges = 0;
  #heard: string | undefined;
  readonly #lines: Lines;
  readonly #random: Random;

  constructor(lines: Lines, random: Random) {
    this.#lines = lines;
    this.#random = random;
  }

  /** The business wrote this. */
  hear(text: string): void {
    this.#heard = text;
  }

  /** One message, or two in a row. */
  next(): string[] {
    const line = this.#heard === undefined ? this.#unprompted() : this.#reply(this.#heard);
    this.#heard = undefined;
    const said =
      this.#topic && this.#random.chance(AFTERTHOUGHT_PERCENT) ? [line, this.#random.pick(this.#lines.afterthoughts)] : [line];
    return said.map((text) => this.#filled(text));
  }

  #unprompted(): string {
    if (this.#topic && this.#nudges < NUDGES_MAX) {
      this.#nudges++;
      return this.#random.pick(this.#lines.nudges);
    }
    this.#topic = this.#random.pick(this.#lines.topics);
    this.#asked = this.#nudges = 0;
    return this.#random.pick(this.#topic.opening);
  }

  #reply(heard: string): string {
    this.#nudges = 0;
    const reply = this.#lines.replies.find(({ to }) => to.test(heard));
    if (reply) return this.#random.pick(reply.say);
    const question = this.#topic?.next[this.#asked++];
    if (question !== undefined) return `${this.#random.pick(this.#lines.assents)} ${question}`;
    this.#topic = undefined;
    return this.#random.pick(this.#lines.goodbyes);
  }

  #filled(text: string): string {
    return text.replace(/\{(\w+)\}/g, (whole, word: string) => {
      const choice = this.#lines.words[word];
      return choice ? this.#random.pick(choice) : whole;
    });
  }
}
