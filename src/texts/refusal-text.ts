/** What a refusal's text may need. */
export interface RefusalValues {
  /** Attempts that are left. */
  left?: number;
  /** A letter that the mail server does not support. */
  letter?: string;
  domain?: string;
  /** What is wrong with an address, in English, to go on from the subject. */
  fault?: string;
}

export type RefusalText = string | ((values: RefusalValues) => string);
