/** A transfer that cannot be made. Nothing of it was kept; the same again is refused again. */
export class TransferRefused extends Error {
  override name = "TransferRefused";
  constructor(
    readonly reason:
      | "wrong amount"
      | "same account"
      | "unknown account"
      | "another currency"
      | "insufficient funds",
    detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}
