/** What stands on the table in a demo customer's photograph: a box, seen from the front. */
const SHADES = [
  { wall: '#e9dfd1', table: '#8a6a4f', box: '#c89b62', tape: '#e8d3ae' },
  { wall: '#d7e3e6', table: '#4f6470', box: '#7fa3ad', tape: '#dbe9ec' },
  { wall: '#eadcdf', table: '#6f4a57', box: '#b77f8c', tape: '#f0dfe3' },
];

/** A JPEG of 960 × 720 pixels. */
export async function demoPicture(index: number): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const shade = SHADES[index % SHADES.length] ?? SHADES[0];
  const area = (width: number, height: number, background = '#000000') => ({ width, height, channels: 3 as const, background });
  const part = (left: number, top: number, width: number, height: number, colour?: string) => ({
    input: { create: area(width, height, colour) },
    left,
    top,
  });
  return sharp({ create: area(960, 720, shade?.wall) })
    .composite([
      part(0, 520, 960, 200, shade?.table),
      part(280 + index * 30, 240, 400, 330, shade?.box),
      part(460 + index * 30, 240, 40, 330, shade?.tape),
      part(320 + index * 30, 440, 110, 80, shade?.wall),
    ])
    .jpeg({ quality: 80 })
    .toBuffer();
}
