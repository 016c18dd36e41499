// And likewise, or each request for it would be logged and guarded as Enlist's are.
export function register() {}
