import type { TemplateComponentDefinition, TemplateDefinition } from '../src/whatsapp/wire.ts';
import { newId } from './ids.ts';

export type TemplateStatus =
  | 'APPROVED'
  | 'PENDING'
  | 'REJECTED'
  | 'PAUSED'
  | 'DISABLED'
  | 'IN_APPEAL'
  | 'PENDING_DELETION'
  | 'DELETED'
  | 'LIMIT_EXCEEDED'
  | 'ARCHIVED';

/** Those of quality end after 3 and 6 hours; the one of pacing when the business asks for it. */
export type PauseKind = 'FIRST_PAUSE' | 'SECOND_PAUSE' | 'RATE_LIMITING_PAUSE';

/** A template of one account in one language, as Meta keeps it. */
export interface Template {
  id: string;
  wabaId: string;
  name: string;
  language: string;
  category: string;
  /** What it should be, when Meta means to move it. */
  correctCategory?: string;
  isNamed: boolean;
  components: TemplateComponentDefinition[];
  status: TemplateStatus;
  rejectedReason: string;
  quality: string;
  pauses: number;
  /** Why it is paused, in Meta's word. */
  pause?: PauseKind;
  ttlSeconds?: number;
  /** Unix ms of the edits, oldest first. */
  edits: number[];
}

/** One that is there from the start. */
export interface SimulatedTemplate extends TemplateDefinition {
  wabaId: string;
  /** APPROVED unless given. */
  status?: TemplateStatus;
  id?: string;
  rejectedReason?: string;
}

const HOUR_MS = 3_600_000;
const NAME_LOCK_MS = 30 * 24 * HOUR_MS;

/** The templates of all accounts. */
export class Templates {
  readonly #byId = new Map<string, Template>();
  /** By account, name and language: every send looks here. */
  readonly #byName = new Map<string, Template>();
  readonly #created = new Map<string, number[]>();
  readonly #lockedUntil = new Map<string, number>();

  constructor(seeded: readonly SimulatedTemplate[]) {
    for (const { wabaId, status, id, rejectedReason, ...definition } of seeded) {
      this.add(wabaId, definition, status ?? 'APPROVED', id).rejectedReason = rejectedReason ?? 'NONE';
    }
  }

  add(wabaId: string, definition: TemplateDefinition, status: TemplateStatus, id: string = newId()): Template {
    const template: Template = {
      id,
      wabaId,
      name: definition.name,
      language: definition.language,
      category: definition.category.toUpperCase(),
      isNamed: definition.parameter_format?.toUpperCase() === 'NAMED',
      components: definition.components.map(normal),
      status,
      rejectedReason: 'NONE',
      quality: 'UNKNOWN',
      pauses: 0,
      ttlSeconds: definition.message_send_ttl_seconds === undefined ? undefined : Number(definition.message_send_ttl_seconds),
      edits: [],
    };
    this.#byId.set(template.id, template);
    this.#byName.set(`${wabaId} ${template.name} ${template.language}`, template);
    return template;
  }

  get(id: string): Template | undefined {
    return this.#byId.get(id);
  }

  find(wabaId: string, name: string, language: string): Template | undefined {
    return this.#byName.get(`${wabaId} ${name} ${language}`);
  }

  /** Of one account, or all, those made first come first. */
  of(wabaId?: string): Template[] {
    return [...this.#byId.values()].filter((template) => wabaId === undefined || template.wabaId === wabaId);
  }

  /** Takes it away. The name of one that was approved cannot be used again for 30 days. */
  delete(template: Template, now: number): void {
    if (template.status === 'APPROVED') this.#lockedUntil.set(`${template.wabaId} ${template.name}`, now + NAME_LOCK_MS);
    template.status = 'DELETED';
    this.#byId.delete(template.id);
    this.#byName.delete(`${template.wabaId} ${template.name} ${template.language}`);
  }

  isLocked(wabaId: string, name: string, now: number): boolean {
    return (this.#lockedUntil.get(`${wabaId} ${name}`) ?? 0) > now;
  }

  /** Counts a creation; false beyond `perHour` of an account. */
  mayCreate(wabaId: string, perHour: number, now: number): boolean {
    const recent = (this.#created.get(wabaId) ?? []).filter((at) => at > now - HOUR_MS);
    this.#created.set(wabaId, recent);
    if (recent.length >= perHour) return false;
    recent.push(now);
    return true;
  }
}

/** Types and formats come in either case. */
export function normal(component: TemplateComponentDefinition): TemplateComponentDefinition {
  return {
    ...component,
    type: component.type.toUpperCase(),
    ...(component.format !== undefined && { format: component.format.toUpperCase() }),
    ...(component.buttons && { buttons: component.buttons.map((button) => ({ ...button, type: button.type.toUpperCase() })) }),
    ...(component.cards && { cards: component.cards.map((card) => ({ components: card.components.map(normal) })) }),
  };
}

/** The names of the variables of a text, in their order. */
export function variablesOf(text = ''): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? '');
}
