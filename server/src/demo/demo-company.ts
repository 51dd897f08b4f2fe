import type { TemplateComponent } from '../whatsapp/template-components.ts';

/** A company of the demo: who works there, and what it talks about with its customers. */
export interface DemoCompany {
  name: string;
  locale: 'ar' | 'en';
  timeZone: string;
  number: { phoneNumberId: string; wabaId: string; displayPhone: string; name: string };
  users: { email: string; name: string; role: string; locale: 'ar' | 'en' }[];
  givenNames: readonly string[];
  familyNames: readonly string[];
  /** The first digits of its customers' phones; four more are counted. */
  phonePrefix: string;
  templates: readonly DemoTemplate[];
  /** Short talks in turns: the customer begins, then the company and the customer alternate. */
  talks: readonly (readonly string[])[];
}

/** A template as the company's account has it. */
export interface DemoTemplate {
  name: string;
  language: string;
  category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
  /** APPROVED unless given; PENDING is judged by the simulator soon after the start. */
  status?: 'PENDING' | 'REJECTED';
  rejectedReason?: string;
  note?: string;
  quality?: 'GREEN' | 'YELLOW';
  components: TemplateComponent[];
}
