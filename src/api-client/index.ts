export { createClient, type Client, type ClientOptions } from "./create-client.ts";
export { EnlistError, type ErrorCode, type KnownCode } from "./enlist-error.ts";
export type { CallOptions } from "./call.ts";
export type { Retry, SignUpOptions } from "./sign-up.ts";
export type { SentRequest } from "./send.ts";
export type {
  ContinueTo,
  InspectedLink,
  Procedures,
  SignUpInput,
  SignupStatus,
  User,
} from "./procedures.ts";
