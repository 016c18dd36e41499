/** What the service is called: nobody takes it for a username, and a password made of it is guessable. */
export const SERVICE_NAME = "enlist";
