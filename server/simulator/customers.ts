import { Dialogue, type Lines } from './dialogue.ts';
import { arabic } from './lines-ar.ts';
import { english } from './lines-en.ts';
import type { Locale } from './options.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';
import { writeSomehow } from './write-somehow.ts';

const LINES: Record<Locale, Lines> = { ar: arabic, en: english };
const DAY_MS = 24 * 3_600_000;

/** Customers who write by themselves: together about one message per `writeEveryMs`, and no more than `writesPerDay`. */
export class Customers {
  readonly #world: World;
  readonly #dialogues = new Map<Person, Dialogue>();
  /** Who owes an answer, and from when on they write it: they come before others. */
  readonly #answers = new Map<Person, number>();
  #day = 0;
  #writtenToday = 0;

  constructor(world: World) {
    this.#world = world;
    world.onRead = (person, text) => this.#hear(person, text);
  }

  /** Goes on until the world's pauses end. */
  start(): void {
    void this.#live();
  }

  async #live(): Promise<void> {
    const { pauses, settings } = this.#world;
    const random = this.#world.randoms.customers;
    while (await pauses.pause(Math.max(10, random.exponential(settings.writeEveryMs)))) {
      const person = settings.customersWrite ? this.#whoIsNext() : undefined;
      if (!person) continue;
      for (const [index, text] of this.#dialogue(person).next().entries()) {
        if (index > 0 && !(await pauses.pause(random.between(settings.typingMs)))) return;
        if (this.#mayWrite()) writeSomehow(this.#world, person, text);
      }
    }
  }

  #hear(person: Person, text: string): void {
    if (!person.locale) return;
    this.#dialogue(person).hear(text);
    const { randoms, settings } = this.#world;
    this.#answers.set(person, this.#world.now() + randoms.customers.between(settings.answerMs));
  }

  #whoIsNext(): Person | undefined {
    const now = this.#world.now();
    for (const [person, from] of this.#answers) {
      if (from > now) continue;
      this.#answers.delete(person);
      return person;
    }
    const [first, ...others] = this.#world.people.all().filter(({ locale }) => locale);
    return first && this.#world.randoms.customers.pick([first, ...others]);
  }

  #dialogue(person: Person): Dialogue {
    let dialogue = this.#dialogues.get(person);
    if (!dialogue)
      this.#dialogues.set(person, (dialogue = new Dialogue(LINES[person.locale ?? 'en'], this.#world.randoms.customers)));
    return dialogue;
  }

  #mayWrite(): boolean {
    const day = Math.floor(this.#world.now() / DAY_MS);
    if (day !== this.#day) [this.#day, this.#writtenToday] = [day, 0];
    return this.#writtenToday++ < this.#world.settings.writesPerDay;
  }
}
