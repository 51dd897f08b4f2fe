/** A phone as people write it, in E.164: with its country code after `+` or `00`, in any digits. Null for what is none. */
export function readPhone(text: string): string | null {
  const latin = text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
  const bare = latin.replaceAll(/[\s().\-\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '').replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null;
}
