/** Country codes of one and two digits; every other is of three. */
const shortCodes = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** A phone in E.164, possibly masked, in groups for reading: +966 50 314 2208. Anything else as it is. */
export function phoneInGroups(phone: string): string {
  const match = /^\+([\d•*]{7,15})$/.exec(phone);
  const digits = match?.[1];
  if (digits === undefined) return phone;
  const code = shortCodes.exec(digits)?.[1] ?? digits.slice(0, 3);
  const rest = digits.slice(code.length);
  const head = rest.slice(0, Math.max(1, rest.length - 7));
  return ['+' + code, head, rest.slice(head.length, -4), rest.slice(-4)].filter((group) => group !== '').join(' ');
}
