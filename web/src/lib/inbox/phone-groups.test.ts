import { describe, expect, it } from 'vitest';
import { contactName } from './contact-name.ts';
import { phoneInGroups } from './phone-groups.ts';

describe('phones for reading', () => {
  it('come in groups behind their country', () => {
    expect(phoneInGroups('+966503142208')).toBe('+966 50 314 2208');
    expect(phoneInGroups('+14155550123')).toBe('+1 415 555 0123');
    expect(phoneInGroups('+966••••4567')).toBe('+966 • ••• 4567');
  });

  it('stay as they are when they are no phone', () => {
    expect(phoneInGroups('@dana')).toBe('@dana');
  });
});

describe('the name of a contact', () => {
  it('falls back to the phone, then the username, then any identity', () => {
    expect(contactName({ name: 'Maha', phone: '+966503142208' })).toEqual({ text: 'Maha', isAddress: false });
    expect(contactName({ phone: '+966503142208' })).toEqual({ text: '+966 50 314 2208', isAddress: true });
    expect(contactName({ identities: [{ kind: 'USERNAME', value: 'dana.interiors' }] }).text).toBe('@dana.interiors');
    expect(contactName({ identities: [{ kind: 'BSUID', value: 'SA.1349' }] }).text).toBe('SA.1349');
  });
});
