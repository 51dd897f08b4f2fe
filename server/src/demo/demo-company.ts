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
  /** Short talks in turns: the customer begins, then the company and the customer alternate. */
  talks: readonly (readonly string[])[];
}
