import fc from "fast-check";

/** Characters and words that something on the way may stumble over. */
const ODD = [
  "\u0000",
  "\u0000a",
  "a\u0000",
  "a\u0000\u0000a",
  "\ud800",
  "\udc00x\ud800",
  "\u202eabc",
  "\u200b",
  "\u200d",
  "\ufeff",
  "e\u0301\u0323",
  "\u0000\u0001\u001f\u007f",
  "\r\nSet-Cookie: a=b",
  "İıſK",
  "ﷺ",
  "🏳️‍🌈👩‍👩‍👧‍👦",
  "𝕒𝕓𝕔",
  "' or 1=1 --",
  "'; drop table users; --",
  "<script>alert(1)</script>",
  "\\",
  "\\u0000",
  "%00%0d%0a",
  "${7*7}{{7*7}}",
  "../../../../etc/passwd",
  "null",
  "__proto__",
  "-0",
  "1e999",
  " ",
  "",
];

const repeated = fc
  .tuple(fc.constantFrom("a", "é", "🦊", "\u0301", "\u202e", "ﷺ", "."), lengths())
  .map(([text, count]) => text.repeat(count));

function lengths(): fc.Arbitrary<number> {
  return fc.constantFrom(2, 3, 8, 64, 65, 100, 101, 254, 255, 256, 257, 1025, 20_000);
}

const surrogates = fc
  .array(fc.integer({ min: 0xd800, max: 0xdfff }), { minLength: 1, maxLength: 4 })
  .map((units) => String.fromCharCode(...units));

/** Text of all kinds, as JSON can carry it. */
export const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: repeated },
  { weight: 1, arbitrary: surrogates },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
);

/** The characters that an HTTP field may hold (RFC 9110, 5.5), each as one byte. */
const fieldBytes = fc
  .oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
    { weight: 2, arbitrary: fc.integer({ min: 0x80, max: 0xff }) },
    { weight: 1, arbitrary: fc.constant(0x09) },
  )
  .map((byte) => String.fromCharCode(byte));

/** What may stand in a header, at times far too long. */
export const fieldValues = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: fieldBytes, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(300, 4000, 17_000).map((length) => "x".repeat(length)) },
);

/** Any bytes, as a string of them. */
export const bytes = fc
  .uint8Array({ maxLength: 60 })
  .map((array) => Buffer.from(array).toString("latin1"));
