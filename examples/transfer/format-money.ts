/** Minor units as people read them: 1250 and "EUR" give "12.50 EUR", 1250 and "JPY" "1,250 JPY". */
export function formatMoney(minorUnits: bigint, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
  }).resolvedOptions();
  const number = new Intl.NumberFormat("en", { minimumFractionDigits: digits });
  // Moves the point in the text, as a number of JavaScript could not hold every amount.
  return `${number.format(`${minorUnits}e-${digits}` as `${number}`)} ${currency}`;
}
