import type { Lines } from './dialogue.ts';

/** Customers of a shop for office equipment and electronics. */
export const english: Lines = {
  topics: [
    {
      opening: ['Hi, any news on order {order}?', 'Good morning! Where is my order {order}? It should have been here {day}.'],
      next: ['Can I still change the delivery address?', 'Does somebody have to sign for it?'],
    },
    {
      opening: ['Hello, do you have the {item} in stock?', 'Hi there, is the {item} available in {colour}?'],
      next: ['How long is the warranty?', 'And do you set it up, or do I?'],
    },
    {
      opening: [
        'Can you send me a quote for {quantity} {item}s?',
        'We need {quantity} {item}s for a new office. Is there a volume price?',
      ],
      next: ['Can we pay by bank transfer, 30 days?', 'How soon could all of them be here?'],
    },
    {
      opening: [
        'The {item} I bought from you stopped working {day} 😕',
        'Hi, my {item} keeps switching itself off. Is that covered?',
      ],
      next: ['I still have the box and the receipt.', 'Do I bring it in, or do you pick it up?'],
    },
    {
      opening: [
        'I got the wrong colour. I ordered {colour}.',
        'Hi, the {item} in the parcel is not the one I ordered (order {order}).',
      ],
      next: ['Do I have to pay for the return?', 'Can you send the right one before I send this back?'],
    },
    {
      opening: ['Could I get a VAT invoice for order {order}?', 'Hi, the invoice for {order} has our old company name on it.'],
      next: ['The name should be Harbour & Co. Ltd.', 'Please send it to accounts@harbour.example.'],
    },
    {
      opening: ['Are you open on {weekday}?', 'What time do you close {day}?'],
      next: ['Is there parking nearby?', 'Can I try a few chairs there?'],
    },
    {
      opening: [
        'How do I connect the {item} to Wi-Fi? The light just blinks.',
        'Stuck with the setup of the {item}. Can someone help?',
      ],
      next: ['I already turned it off and on again 😅', 'It says error 42 now.'],
    },
    {
      opening: [
        'Which one would you take for a small team, the {item} or something bigger?',
        'I need a printer for about {quantity} people. Any tips?',
      ],
      next: ['What do the toners cost?', 'Does it print on both sides?'],
    },
    {
      opening: ['Hi! Is the discount from your newsletter still on?', 'The code WELCOME10 does not work for the {item}.'],
      next: ['Can I combine it with free delivery?'],
    },
  ],
  replies: [
    { to: /order (number|no|id)|reference number/i, say: ["It's {order}.", 'Sure: {order}', 'One second… {order}'] },
    {
      to: /address|postcode|zip|where should we/i,
      say: ['14 Mill Lane, second floor.', 'Same as last time, please: 14 Mill Lane.'],
    },
    { to: /colou?r/i, say: ['{colour}, please.', '{colour} if you have it, otherwise black.'] },
    { to: /how many|quantity/i, say: ['{quantity}, please.', 'Let’s say {quantity} for now.'] },
    { to: /serial|model/i, say: ['The sticker says KX-2{quantity}0.', 'Where do I find that?'] },
    {
      to: /(what|which) (time|day)|when (would|does|is|can)|suits? you/i,
      say: ['{weekday} morning would be great.', 'Any time after 2 pm.'],
    },
    { to: /photo|picture|screenshot|video/i, say: ['I’ll take one when I’m back at my desk.', 'Sure, give me five minutes.'] },
    { to: /e-?mail/i, say: ['accounts@harbour.example', 'The same one as in my account.'] },
    { to: /refund|money back/i, say: ['Great. How many days until it’s on my card?', 'Thank you, that’s very fair.'] },
    { to: /sorry|apolog/i, say: ['No worries, thanks for looking into it.', 'It’s fine, these things happen.'] },
    {
      to: /out of stock|not available|unavailable|sold out/i,
      say: ['Oh no. When do you get more?', 'Is there anything similar?'],
    },
    { to: /discount|% ?off|\d ?%/i, say: ['Nice! Then I’ll take it.', 'Does that go for the {item} as well?'] },
    {
      to: /[$€£]\s?\d|\d\s?([$€£]|usd|eur|sar)/i,
      say: ['OK, that works for us.', 'Hmm, a bit over budget. Any room for {quantity}?', 'Does that include delivery?'],
    },
    { to: /in stock|available/i, say: ['Perfect, please put one aside for me.', 'Great, I’ll order it tonight.'] },
    {
      to: /courier|driver|deliver|shipp?|arriv|on (its|the) way/i,
      say: ['Great, will the driver call first?', 'Perfect, I’ll be home.', 'OK, thanks for checking!'],
    },
    { to: /anything else|help you with/i, say: ['No, that’s all. Thank you!', 'That was it, thanks a lot.'] },
    { to: /welcome|pleasure|have a (nice|good|great)/i, say: ['You too! 👋', '👍'] },
    {
      to: /^\W*(hi|hello|hey|good (morning|afternoon|evening))\b[^?]{0,40}$/i,
      say: ['Hi! So, can you help me with that?', 'Hello, thanks for getting back to me.'],
    },
    { to: /\?\s*$/, say: ['Yes, please.', 'Yes, exactly.', 'I think so, yes.', 'No, the other one.', 'Not sure, let me check.'] },
  ],
  assents: ['Great.', 'OK, got it.', 'Thanks!', 'Alright.', 'Good to know.'],
  goodbyes: ['Thanks for your help!', 'Perfect, thank you 🙏', 'Brilliant, have a nice day.', 'That’s all I needed, thanks.'],
  nudges: ['Hello? Anyone there?', 'Just checking whether you saw my message.', 'Any update?', '?'],
  afterthoughts: [
    'It’s a bit urgent.',
    'No hurry though.',
    'Sorry, one more thing: is pick-up possible too?',
    '🙏',
    'Thanks in advance!',
  ],
  words: {
    order: ['#A-4821', '#A-5093', '#A-4977', '#A-5116', '#A-5240'],
    day: ['yesterday', 'today', 'on Monday', 'last week'],
    weekday: ['Saturday', 'Thursday', 'Monday', 'Tuesday'],
    item: [
      'standing desk',
      'laser printer',
      'monitor arm',
      '27-inch monitor',
      'mesh chair',
      'label printer',
      'docking station',
      'headset',
    ],
    colour: ['white', 'dark grey', 'oak', 'black', 'light blue'],
    quantity: ['4', '6', '8', '12', '15', '20'],
  },
};
