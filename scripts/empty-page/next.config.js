// Without one of its own, this app would be given the one that lies above it: Enlist's.
/** @type {import("next").NextConfig} */
export default {};
