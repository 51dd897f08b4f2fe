export interface ShopNumber {
  phoneNumberId: string;
  displayPhone: string;
  name: string;
}

export interface Customer {
  phone: string;
  name: string;
  number: ShopNumber;
  lastAt: string | null;
}

export interface ChatMessage {
  id: string;
  from: 'customer' | 'business';
  text: string;
  at: string;
  status?: string;
}

export interface SimulatorState {
  customers: Customer[];
  numbers: ShopNumber[];
  settings: Record<string, unknown>;
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

/** Who can write to whom, and what the simulator does to sends. Throws where no simulator runs. */
export function readState(): Promise<SimulatorState> {
  return call('state');
}

/** What a customer and a number wrote to one another, oldest first. */
export async function readChat(phone: string, phoneNumberId: string): Promise<ChatMessage[]> {
  const { messages } = await call<{ messages: ChatMessage[] }>(`chat?${new URLSearchParams({ phone, phoneNumberId })}`);
  return messages;
}

/** Writes as a customer; a phone that is not known yet becomes one. */
export function writeAsCustomer(message: {
  phone: string;
  phoneNumberId: string;
  name?: string;
  text: string;
}): Promise<{ id: string }> {
  return call('messages', message);
}

/** Changes what the simulator does to the next sends. */
export function changeSettings(settings: Record<string, number | boolean>): Promise<unknown> {
  return call('settings', settings);
}
