import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { SignInLimit } from './sign-in-limit.ts';

function limitAt(now: { minutes: number }): SignInLimit {
  return new SignInLimit({ now: () => new Date(now.minutes * 60_000) });
}

const attempts = (limit: SignInLimit, count: number, account: string, address: string) => {
  let passed = 0;
  for (let n = 0; n < count; n++) {
    try {
      limit.attempt(account, address);
      passed++;
    } catch (error) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED' });
    }
  }
  return passed;
};

describe('the limit of sign-ins', () => {
  it('lets ten guesses for an account through, also when hundreds come before the first is judged', () => {
    expect(attempts(limitAt({ minutes: 0 }), 500, 'ada', '10.0.0.1')).toBe(10);
  });

  it('lets fifty guesses from an address through, whatever accounts they are for', () => {
    const limit = limitAt({ minutes: 0 });
    const passed = Array.from({ length: 100 }, (_, n) => attempts(limit, 1, `account ${n}`, '10.0.0.1'));
    expect(passed.filter(Boolean)).toHaveLength(50);
    expect(attempts(limit, 1, 'ada', '10.0.0.2')).toBe(1);
  });

  it('forgets after ten minutes, and at once when the password was right', () => {
    const now = { minutes: 0 };
    const limit = limitAt(now);
    attempts(limit, 10, 'ada', '10.0.0.1');
    now.minutes = 11;
    expect(attempts(limit, 9, 'ada', '10.0.0.1')).toBe(9);
    limit.succeeded('ada', '10.0.0.1');
    expect(attempts(limit, 20, 'ada', '10.0.0.1')).toBe(10);
  });
});
