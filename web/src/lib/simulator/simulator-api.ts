export interface ShopNumber {
  phoneNumberId: string;
  displayPhone: string;
  name: string;
}

export interface Customer {
  /** Null for who hides it: then there is a `userId`. */
  phone: string | null;
  name: string;
  number: ShopNumber;
  lastAt: string | null;
  userId?: string | null;
  username?: string | null;
  stopsMarketing?: boolean;
  isCapped?: boolean;
  isUnreachable?: boolean;
}

export interface ChatFile {
  id: string;
  mimeType: string;
  fileName?: string;
  /** Bytes. */
  size: number;
}

export interface ChatMessage {
  id: string;
  from: 'customer' | 'business';
  /** As Meta names it: `text`, `image`, `template`, `interactive`, … */
  type: string;
  text: string;
  at: string;
  content?: unknown;
  media?: ChatFile;
  replyToId?: string;
  forwarded?: 'once' | 'often';
  reactions?: { from: 'customer' | 'business'; emoji: string }[];
  status?: string;
  failedWith?: number;
  isRead?: boolean;
  isEdited?: boolean;
  isRevoked?: boolean;
}

export interface ChatState {
  isTyping: boolean;
  isWindowOpen: boolean;
  /** Unix ms. */
  closesAt: number | null;
}

export interface FaultRule {
  fault: { kind: string; code?: number; status?: number; ms?: number };
  on: string;
  next: number;
  percent: number;
}

export interface SimulatorState {
  customers: Customer[];
  numbers: ShopNumber[];
  settings: Record<string, unknown>;
  faults?: FaultRule[];
}

const headers = { accept: 'application/json', 'content-type': 'application/json' };

async function call<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(
    `/simulator/api/${path}`,
    body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers: { accept: headers.accept } },
  );
  if (!response.ok) throw new Error(`The simulator answered ${response.status}.`);
  return (await response.json()) as Answer;
}

/** How the simulator calls a customer and the number they write to. */
export function who({ phone, userId, username, number }: Customer): Record<string, string> {
  const { phoneNumberId } = number;
  if (phone !== null) return { phoneNumberId, phone };
  return { phoneNumberId, userId: userId ?? '', ...(username ? { username } : {}) };
}

/** Tells one customer at one number from all others. */
export const keyOfCustomer = (customer: Customer): string =>
  `${customer.phone ?? customer.userId} ${customer.number.phoneNumberId}`;

/** Who can write to whom, and what the simulator does to sends. Throws where no simulator runs. */
export function readState(): Promise<SimulatorState> {
  return call('state');
}

/** What a customer and a number wrote to one another, oldest first, and how their chat stands. */
export function readChat(customer: Customer): Promise<{ messages: ChatMessage[]; state?: ChatState }> {
  return call(`chat?${new URLSearchParams(who(customer))}`);
}

/** Something a customer does: `messages`, `react`, `tap`, `edit`, `revoke`, `identity`, `preferences`, `person`, `call`. */
export function act(path: string, customer: Customer, fields: object): Promise<{ id?: string }> {
  return call(path, { ...who(customer), ...fields });
}

/** Hands a file to the simulator for the customer's next message. */
export async function uploadFile(customer: Customer, file: File): Promise<string> {
  const query = new URLSearchParams({ phoneNumberId: customer.number.phoneNumberId, fileName: file.name });
  const response = await fetch(`/simulator/api/media?${query}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  });
  if (!response.ok) throw new Error(`The simulator answered ${response.status}.`);
  return ((await response.json()) as { id: string }).id;
}

/** The address of a file in a chat. */
export const fileUrl = (id: string): string => `/simulator/api/media/${encodeURIComponent(id)}`;

/** Changes what the simulator does to the next sends. */
export function changeSettings(settings: Record<string, unknown>): Promise<unknown> {
  return call('settings', settings);
}

/** Lets something go wrong with the next so many requests. */
export function addFault(fault: object): Promise<unknown> {
  return call('faults', fault);
}

export function clearFaults(): Promise<unknown> {
  return call('faults/clear', {});
}
