/** The values of all cookies with this name in a `Cookie` header, in its order. */
export function readCookies(header: string | null | undefined, name: string): string[] {
  return (header ?? "").split(";").flatMap((pair) => {
    const [given, value = ""] = pair.trim().split("=");
    return given === name ? [value] : [];
  });
}
