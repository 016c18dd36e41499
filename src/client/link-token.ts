/**
 * The token in this page's URL; null if it was cut off. The server handles text that mail programs
 * put around it; this handles damage before it ("verify%3Ftoken%3D…").
 * @param name the parameter's
 */
export function linkToken(name: "token" | "invitation"): string | null {
  const { search, pathname } = window.location;
  const query = new URLSearchParams(search || pathname.split(/%3F/i)[1]);
  const whole = [...query].map((pair) => pair.join("=")).join("&");
  return query.get(name) || new RegExp(`${name}\\W*([^&]+)`, "s").exec(whole)?.[1] || null;
}
