/** The list of keys. */
export const keys = {
  'keys.title': 'Keyboard',
  'keys.move': 'Next, previous conversation',
  'keys.open': 'Open the conversation',
  'keys.back': 'Back, close',
  'keys.reply': 'Reply, quoting the last message',
  'keys.resolve': 'Resolve or reopen',
  'keys.send': 'Send',
  'keys.newline': 'New line',
  'keys.go': 'Go to inbox, contacts, templates, not sent, numbers',
  'keys.template': 'A template, in an empty field',
  'keys.help': 'This sheet',
  'keys.note': 'Keys go by their place on the keyboard: they work the same on an Arabic layout.',
  'keys.shift': 'Shift',
} as const;
