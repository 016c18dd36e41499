// Without one of its own, this app would be given the one that lies above it: Enlist's. What Enlist
// has set and an app without a line of code could set as well is the same here.
/** @type {import("next").NextConfig} */
export default { generateEtags: false };
