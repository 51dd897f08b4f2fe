/** How the line to the server is. */
export const line = {
  'line.offline': '*Offline* · what you send waits here',
  'line.offline.waiting': {
    one: '*Offline* · what you send waits here, {n} in line',
    other: '*Offline* · what you send waits here, {n} in line',
  },
  'line.catchingUp': '*Catching up*',
  'line.catchingUp.events': { one: '*Catching up* · {n} change so far', other: '*Catching up* · {n} changes so far' },
  'line.live': '*Live* · nothing was missed',
  'line.live.events': {
    one: '*Caught up* · {n} change while you were offline',
    other: '*Caught up* · {n} changes while you were offline',
  },
  'line.again': 'Connect now',
} as const;
