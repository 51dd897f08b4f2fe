import type { DemoCompany } from './demo-company.ts';

/** An office supplier in San Francisco. */
export const acme: DemoCompany = {
  name: 'Acme Office',
  locale: 'en',
  timeZone: 'America/Los_Angeles',
  number: { phoneNumberId: '110880215378440', wabaId: '103377112255901', displayPhone: '+1 415 555 0100', name: 'Acme Office' },
  users: [
    { email: 'john@acme.example', name: 'John Rivera', role: 'agent', locale: 'en' },
    { email: 'mary@acme.example', name: 'Mary Chen', role: 'owner', locale: 'en' },
    { email: 'dev@acme.example', name: 'Dev Patel', role: 'admin', locale: 'en' },
  ],
  givenNames: ['Maya', 'Liam', 'Priya', 'George', 'Hannah', 'Diego', 'Aisha', 'Tom', 'Elena', 'Marcus', 'Yuki', 'Sofia', 'Noah', 'Grace', 'Omar', 'Ruth', 'Ivan', 'Chloe', 'Samir', 'Nora'],
  familyNames: ['Nair', 'Haddad', 'Olsen', 'Brooks', 'Kim', 'Alvarez', 'Novak', 'Grant', 'Shah', 'Weber', 'Costa', 'Doyle'],
  phonePrefix: '+1415556',
  talks: [
    ['Hi, the standing desk arrived but one leg does not go up', 'Sorry about that. Does the display show E04 when you press up?', 'Yes, exactly E04', 'Hold both arrows for ten seconds: it finds its zero again.', 'That did it, thank you!'],
    ['Do you deliver to Oakland on Saturdays?', 'We do, between 9 and 1. Delivery is free above $300.', 'Great, please book me in for this Saturday', 'Booked. The driver texts you an hour before.'],
    ['Can I get a quote for 42 task chairs?', 'Of course. With the volume discount it is $189 each, assembled.', 'And with headrests?', '$214 each. Shall I send the quote to your e-mail?', 'Please do'],
    ['Could you send the invoice for order 20418 again?', 'It is on its way to your e-mail. Anything else?', 'Got it, thanks'],
    ['Is the walnut finish back in stock?', 'Since this morning, yes. We have eleven of the 160 cm tops.', 'Perfect, I will take two'],
    ['Where is my order? It said Tuesday', 'It left our warehouse an hour ago and reaches you before six.', 'Okay, I will be here'],
    ['What is the warranty on the monitor arms?', 'Ten years on the spring, five on the rest.', 'Wow, good to know'],
    ['I would like to return the lamp, it is too bright', 'No problem: you have 30 days. A courier can pick it up tomorrow.', 'Tomorrow after 2 works', 'Noted, after 2.'],
    ['Do you take purchase orders from schools?', 'We do, with 30 days to pay.', 'Who do I write to?', 'Right here is fine: send us the number of the order.', 'PO-7731, 24 stools'],
    ['The driver is at the wrong building', 'I just called him: he is two doors down and on his way.', 'I see him, thanks!'],
    ['How long does an installation take?', 'For eight desks about three hours. We bring everything.', 'And you take the boxes away?', 'Yes, we leave nothing but desks.', 'Love it 🙌'],
    ['One box of screws is missing', 'Sorry! A new one goes out today by express.', 'Thank you for the quick answer'],
  ],
};
