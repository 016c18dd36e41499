/** The service's name: reserved as a username, and guessable in passwords. */
export const SERVICE_NAME = "enlist";
