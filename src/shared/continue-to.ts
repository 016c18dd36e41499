/** Where a verified person goes on. */
export interface ContinueTo {
  /** An address of the application, without a code. */
  url: string;
  /** The application's name. */
  name: string;
}
